using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Course.Core;

/// <summary>
/// HTML markup that encodes its holes: in <c>Html.Of($"&lt;p&gt;{text}&lt;/p&gt;")</c> every hole is encoded as text. Only a hole of type
/// <see cref="Html"/> is inserted unchanged.
/// </summary>
/// <param name="Markup">The markup as it is written into a page.</param>
public readonly record struct Html(string Markup)
{
    /// <summary>Keeps the literal parts, encodes the holes, and formats numbers in the invariant culture.</summary>
    public static Html Of(Encoder markup) => new(markup.Text);

    /// <summary>Joins the fragments with the separator, which is markup too.</summary>
    public static Html Concat(IEnumerable<Html> fragments, string separator = "") => new(string.Join(separator, fragments));

    /// <summary>Encodes text so that a page shows it literally.</summary>
    public static Html Encode(string text) => new(WebUtility.HtmlEncode(text));

    public override string ToString() => Markup ?? "";

    /// <summary>The handler that the compiler calls for an interpolated string passed to <see cref="Of"/>.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Encoder
    {
        private readonly StringBuilder text;

        public Encoder(int literalLength, int formattedCount) => text = new(literalLength + (16 * formattedCount));

        internal string Text => text.ToString();

        public void AppendLiteral(string markup) => text.Append(markup);

        public void AppendFormatted(Html markup) => text.Append(markup.Markup);

        public void AppendFormatted<T>(T value, string? format = null) =>
            text.Append(WebUtility.HtmlEncode(
                value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()));
    }
}

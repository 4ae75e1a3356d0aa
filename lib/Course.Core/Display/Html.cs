using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Course.Core;

/// <summary>
/// Markup, made so that nobody has to remember to encode: in <c>Html.Of($"&lt;p&gt;{text}&lt;/p&gt;")</c> the holes are text, whatever they
/// hold, and only what is <see cref="Html"/> itself goes in as it is.
/// </summary>
/// <param name="Markup">As it is written into a page.</param>
public readonly record struct Html(string Markup)
{
    /// <summary>The markup around the holes as it stands, the holes encoded; numbers the same in every country.</summary>
    public static Html Of(Encoder markup) => new(markup.Text);

    /// <summary>One fragment after the other.</summary>
    public static Html Concat(IEnumerable<Html> fragments, string separator = "") => new(string.Join(separator, fragments));

    /// <summary>Text as markup that shows it.</summary>
    public static Html Encode(string text) => new(WebUtility.HtmlEncode(text));

    public override string ToString() => Markup ?? "";

    /// <summary>What the compiler makes of an interpolated string that is handed to <see cref="Of"/>.</summary>
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

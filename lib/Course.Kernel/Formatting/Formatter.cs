using Course.Charts;
using Course.Kernel.Execution;
using Microsoft.DotNet.Interactive;

namespace Course.Kernel.Formatting;

/// <summary>Formats any value as a bundle of representations, which always includes text/plain.</summary>
public static class Formatter
{
    /// <summary>Formats a value.</summary>
    /// <param name="value">Any value, including null.</param>
    /// <param name="mimeTypes">
    /// If not empty, restricts the representations to these and text/plain. With exactly one type, a string or a byte array is content of
    /// that type.
    /// </param>
    public static MimeBundle Format(object? value, params IReadOnlyCollection<string> mimeTypes)
    {
        return mimeTypes.Count == 1 && Content.TryOf(value, mimeTypes.First()) is { } content ? content : Format(value).Only(mimeTypes);
    }

    private static MimeBundle Format(object? value) => value switch
    {
        MimeBundle bundle => bundle,
        HtmlString html => MimeBundle.Of((MimeBundle.Html, html.Content)).WithText(() => HtmlText.Strip(html.Content)),
        null or string => MimeBundle.Of((MimeBundle.PlainText, value as string ?? Describer.Null)),
        _ => value is not Figure && Figure.TryFrom(value, out var figure) ? FormatObject(figure) : FormatObject(value),
    };

    private static MimeBundle FormatObject(object value) => KnownTensors.TryFormat(value)
        ?? (ConventionFormatters.TryFormat(value) is { } own
            ? own.WithText(() => PlainTextRenderer.Render(Describer.Describe(value)))
            : Render(Describer.Describe(value)));

    private static MimeBundle Render(View view) => view is View.Scalar or View.Sequence { IsFlat: true }
        ? MimeBundle.Of((MimeBundle.PlainText, PlainTextRenderer.Render(view)))
        : MimeBundle.Of((MimeBundle.Html, HtmlRenderer.Render(view)), (MimeBundle.PlainText, PlainTextRenderer.Render(view)));
}

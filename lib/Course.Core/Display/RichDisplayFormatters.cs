namespace Course.Core;

/// <summary>The formatter source of every <see cref="IRichDisplay"/>: it offers HTML and plain text.</summary>
public class RichDisplayFormatters
{
    public const string Html = "text/html";
    public const string Plain = "text/plain";

    public virtual IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter<IRichDisplay>(Html, value => value.ToHtml()),
        new Formatter<IRichDisplay>(Plain, value => value.ToString() ?? ""),
    ];

    /// <summary>
    /// Formats values of type <typeparamref name="T"/> as one MIME type. Kernels call the public members by reflection.
    /// The delegate returns null for a value that has no such representation.
    /// </summary>
    protected sealed class Formatter<T>(string mimeType, Func<T, string?> format)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not T value || format(value) is not { } text)
                return false;
            writer.Write(text);
            return true;
        }
    }
}

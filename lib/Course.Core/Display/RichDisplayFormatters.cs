namespace Course.Core;

/// <summary>The formatter source of every <see cref="IRichDisplay"/>: HTML, and plain text beside it.</summary>
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
    /// One MIME type of one kind of value, in the shape that the convention calls by reflection; null where this value has none of it.
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

using System.Globalization;
using System.Text;
using Course.Kernel.Execution;

namespace Course.Kernel.Formatting;

/// <summary>Shows values as content of a MIME type: <c>display("…", "text/markdown")</c>, <c>display(bytes, "image/png")</c>.</summary>
internal static class Content
{
    /// <summary>Returns the value as content of that type; null if it is neither a string nor bytes.</summary>
    public static MimeBundle? TryOf(object? value, string mimeType) => value switch
    {
        string text => MimeBundle.Of((mimeType, text)).WithText(() => text),
        byte[] bytes => OfBytes(bytes, mimeType),
        ReadOnlyMemory<byte> bytes => OfBytes(bytes.Span, mimeType),
        Memory<byte> bytes => OfBytes(bytes.Span, mimeType),
        _ => null,
    };

    /// <summary>Binary content is encoded as base64, as Jupyter expects.</summary>
    private static MimeBundle OfBytes(ReadOnlySpan<byte> bytes, string mimeType)
    {
        var summary = string.Create(CultureInfo.InvariantCulture, $"({mimeType}, {bytes.Length:N0} bytes)");
        var content = IsText(mimeType) ? Encoding.UTF8.GetString(bytes) : Convert.ToBase64String(bytes);
        return MimeBundle.Of((mimeType, content)).WithText(() => summary);
    }

    private static bool IsText(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType.EndsWith("json", StringComparison.Ordinal)
        || mimeType.EndsWith("xml", StringComparison.Ordinal);
}

using Course.Kernel.Execution;

namespace Course.Kernel.Formatting;

/// <summary>Any value as a bundle of representations; text/plain is always among them.</summary>
public static class Formatter
{
    public static MimeBundle Format(object? value, params ReadOnlySpan<string> mimeTypes) => MimeBundle.Of((MimeBundle.PlainText, value?.ToString() ?? "<null>"));
}

using System.Text.RegularExpressions;

namespace Course.Kernel.Running;

/// <summary>Text of a stream as a terminal would show it in the end.</summary>
internal static partial class StreamText
{
    /// <summary>A carriage return goes back to the line's start: of a progress bar, its last state remains.</summary>
    public static string Settle(string text) =>
        text.Contains('\r', StringComparison.Ordinal)
            ? Overwritten().Replace(text.Replace("\r\n", "\n", StringComparison.Ordinal), "")
            : text;

    [GeneratedRegex(@"^.*\r(?=[^\r\n])", RegexOptions.Multiline)]
    private static partial Regex Overwritten();
}

using System.Text.RegularExpressions;

namespace Course.Kernel.Running;

/// <summary>Converts stream text to what a terminal would show in the end.</summary>
internal static partial class StreamText
{
    /// <summary>Applies carriage returns, which overwrite the line: only the last state of a progress bar remains.</summary>
    public static string ApplyCarriageReturns(string text) =>
        text.Contains('\r', StringComparison.Ordinal)
            ? Overwritten().Replace(text.Replace("\r\n", "\n", StringComparison.Ordinal), "")
            : text;

    [GeneratedRegex(@"^.*\r(?=[^\r\n])", RegexOptions.Multiline)]
    private static partial Regex Overwritten();
}

using System.Text.RegularExpressions;

namespace Course.Kernel.Language;

/// <summary>
/// Recognises <c>row with { Al</c> at the start of a statement. The script parser reads this as a property <c>with</c> of type <c>row</c>
/// and expects accessors. With an assignment before it, it is parsed as a with expression.
/// </summary>
internal static partial class WithExpressions
{
    public const string Target = "_ = ";

    /// <summary>The offset at which the assignment must be inserted; negative if none is needed.</summary>
    public static int Start(string code, int position) =>
        Unfinished().Match(code[..position]) is { Success: true } found ? found.Groups["copied"].Index : -1;

    [GeneratedRegex(@"(^|[;{}\n])\s*(?<copied>[\w.]+)\s+with\s*\{[^{};]*$")]
    private static partial Regex Unfinished();
}

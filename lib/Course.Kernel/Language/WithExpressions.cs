using System.Text.RegularExpressions;

namespace Course.Kernel.Language;

/// <summary>
/// <c>row with { Al</c> at the start of a statement. To the parser of scripts this is a property <c>with</c> of type
/// <c>row</c>, whose accessors it expects; assigned to something it is what the reader means.
/// </summary>
internal static partial class WithExpressions
{
    public const string Target = "_ = ";

    /// <summary>Where the target must be inserted; negative if nowhere.</summary>
    public static int Start(string code, int position) =>
        Unfinished().Match(code[..position]) is { Success: true } found ? found.Groups["copied"].Index : -1;

    [GeneratedRegex(@"(^|[;{}\n])\s*(?<copied>[\w.]+)\s+with\s*\{[^{};]*$")]
    private static partial Regex Unfinished();
}

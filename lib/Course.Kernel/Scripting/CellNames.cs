using System.Text.RegularExpressions;

namespace Course.Kernel.Scripting;

/// <summary>How compiled cells are called, and how those names are taken out again of what a reader sees.</summary>
internal static partial class CellNames
{
    private const string ClassPrefix = "Cell#";

    public static string Assembly(int ordinal) => $"cell-{ordinal}";

    public static string Class(int ordinal) => $"{ClassPrefix}{ordinal}";

    public static bool IsCellClass(Type type) => type.Name.StartsWith(ClassPrefix, StringComparison.Ordinal);

    /// <summary><c>Cell#3+Point</c> → <c>Point</c>.</summary>
    public static string Strip(string text) => Container().Replace(text, "");

    [GeneratedRegex(@"Cell#\d+[+.]")]
    private static partial Regex Container();
}

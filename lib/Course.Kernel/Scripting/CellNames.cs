using System.Text.RegularExpressions;

namespace Course.Kernel.Scripting;

/// <summary>The names of compiled cells, and their removal from text that users see.</summary>
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

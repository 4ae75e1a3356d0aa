namespace Course.TakeHome.Grading;

/// <summary>Text of a stranger's as a terminal may show it: no escape sequence, nothing that cannot be seen, and an end.</summary>
internal static class PlainText
{
    private const int LongestLine = 2_000;

    public static string Of(string text, int most) => string.Concat(
        (text.Length > most ? text[..most] + "…" : text).ReplaceLineEndings("\n").Where(character => character is '\n' or '\t' || !(char.IsControl(character) || IsFormat(character))));

    public static string Line(string text) => Of(text, LongestLine).Replace('\n', ' ');

    // Marks that turn the direction of writing, and others without a width.
    private static bool IsFormat(char character) => char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.Format;
}

namespace Course.TakeHome.Grading;

/// <summary>Text of a stranger's as a terminal may show it (<c>SafeText</c>), with the lengths that grading allows.</summary>
internal static class PlainText
{
    private const int LongestLine = 2_000;

    public static string Of(string text, int most) => SafeText.Lines(text, most);

    public static string Line(string text) => SafeText.Line(text, LongestLine);
}

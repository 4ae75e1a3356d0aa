namespace Course.TakeHome.Grading;

/// <summary>Untrusted text in a form that a terminal may show (<c>SafeText</c>), cut to the lengths that grading allows.</summary>
internal static class PlainText
{
    private const int LongestLine = 2_000;

    public static string Of(string text, int most) => SafeText.Lines(text, most);

    public static string Line(string text) => SafeText.Line(text, LongestLine);
}

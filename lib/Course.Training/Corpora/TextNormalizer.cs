using System.Text;
using System.Text.RegularExpressions;

namespace Course.Training.Corpora;

/// <summary>
/// Normalises texts of different origin: LF line breaks, ASCII quotes and dashes, one line per paragraph, no emphasis marks. In a corpus
/// this small, several forms of a quotation mark would each be too rare to learn.
/// </summary>
public static partial class TextNormalizer
{
    /// <summary>The typical maximum line length of hard-wrapped text.</summary>
    private const int WrapWidth = 80;

    public static string Normalize(string text)
    {
        text = Typography(text.ReplaceLineEndings("\n"));
        var paragraphs = IsWrapped(text) ? BlankLines().Split(text).Select(Unwrap) : text.Split('\n');
        return string.Join('\n', paragraphs.Select(p => Spaces().Replace(p, " ").Trim()).Where(p => p.Length > 0));
    }

    private static string Typography(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
            _ = c switch
            {
                '\u2018' or '\u2019' => plain.Append('\''),
                '\u201C' or '\u201D' or '\u00AB' or '\u00BB' => plain.Append('"'),
                '\u2013' => plain.Append('-'),
                '\u2014' => plain.Append("--"),
                '\u2026' => plain.Append("..."),
                '\uFEFF' or '_' => plain,
                _ => plain.Append(c),
            };
        return plain.ToString();
    }

    /// <summary>Whether a text is hard-wrapped, so only blank lines separate paragraphs.</summary>
    private static bool IsWrapped(string text)
    {
        var lines = text.Split('\n').Where(line => line.Trim().Length > 0).ToList();
        return lines.Count >= 20 && lines.All(line => line.Length <= WrapWidth + 20)
            && lines.Count(line => line.Length > WrapWidth / 2) * 2 > lines.Count;
    }

    /// <summary>
    /// Joins the lines of a paragraph. Indented lines are verse: they keep their line breaks and one space of the indentation.
    /// </summary>
    private static string Unwrap(string paragraph) =>
        WrappedLine().Replace(paragraph.TrimEnd(), " ");

    [GeneratedRegex(@"\n[^\S\n]*\n\s*(?=\S)|\n\s*\n")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"\n(?=\S)")]
    private static partial Regex WrappedLine();

    [GeneratedRegex(@"[^\S\n]+")]
    private static partial Regex Spaces();
}

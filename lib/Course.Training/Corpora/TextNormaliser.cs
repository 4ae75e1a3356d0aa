using System.Text;
using System.Text.RegularExpressions;

namespace Course.Training.Corpora;

/// <summary>
/// Gives texts of different origin one form: LF line ends, ASCII quotes and dashes, one line per paragraph, no emphasis marks.
/// A corpus this small cannot afford three spellings of a quotation mark.
/// </summary>
public static partial class TextNormaliser
{
    /// <summary>Lines of a text whose paragraphs are separated by blank lines are joined when most are about this long.</summary>
    private const int WrapWidth = 80;

    public static string Normalise(string text)
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

    /// <summary>Hard-wrapped: single line breaks are the typesetter's, and only blank lines are the author's.</summary>
    private static bool IsWrapped(string text)
    {
        var lines = text.Split('\n').Where(line => line.Trim().Length > 0).ToList();
        return lines.Count >= 20 && lines.All(line => line.Length <= WrapWidth + 20)
            && lines.Count(line => line.Length > WrapWidth / 2) * 2 > lines.Count;
    }

    /// <summary>Joins a paragraph's lines; indented lines are verse and keep their breaks, and of their indent one space.</summary>
    private static string Unwrap(string paragraph) =>
        WrappedLine().Replace(paragraph.TrimEnd(), " ");

    [GeneratedRegex(@"\n[^\S\n]*\n\s*(?=\S)|\n\s*\n")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"\n(?=\S)")]
    private static partial Regex WrappedLine();

    [GeneratedRegex(@"[^\S\n]+")]
    private static partial Regex Spaces();
}

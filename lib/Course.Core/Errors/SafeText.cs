using System.Globalization;
using System.Text;

namespace Course.Core;

/// <summary>
/// Text from a file or a person as a message, a terminal or a page may show it: control characters, invisible and direction-changing
/// marks and halves of surrogate pairs are spelled out (<c>\u001B</c>), and text that is too long is cut. Encoding for HTML, Markdown,
/// SVG or JSON comes after it.
/// </summary>
public static class SafeText
{
    /// <summary>The most characters of a name or a value that a message quotes.</summary>
    public const int NameLength = 80;

    /// <summary>The most characters of a line.</summary>
    public const int LineLength = 400;

    /// <summary>The most characters of a text of several lines.</summary>
    public const int TextLength = 10_000;

    private const char Cut = '…', ZeroWidthNonJoiner = '\u200C', ZeroWidthJoiner = '\u200D';

    /// <summary>One line: line ends and tabs become spaces.</summary>
    /// <param name="text">Anything; null is empty.</param>
    /// <param name="most">Characters of <paramref name="text"/> that are shown.</param>
    public static string Line(string? text, int most = LineLength) =>
        Clean(text?.ReplaceLineEndings("\n"), most, (text, rune) => rune is '\n' or '\t' ? text.Append(' ') : Escape(text, rune));

    /// <summary>Several lines: line ends and tabs stay.</summary>
    /// <inheritdoc cref="Line"/>
    public static string Lines(string? text, int most = TextLength) =>
        Clean(text?.ReplaceLineEndings("\n"), most, (text, rune) => rune is '\n' or '\t' ? text.Append((char)rune) : Escape(text, rune));

    /// <summary>One line in quotation marks, line ends and tabs spelled out: a name or a value of a file.</summary>
    /// <inheritdoc cref="Line"/>
    public static string Quote(string? text, int most = NameLength) => $"\"{Clean(text, most, (text, rune) => rune switch
    {
        '\n' => text.Append(@"\n"),
        '\r' => text.Append(@"\r"),
        '\t' => text.Append(@"\t"),
        '"' or '\\' => text.Append('\\').Append((char)rune),
        _ => Escape(text, rune),
    })}\"";

    private static string Clean(string? text, int most, Func<StringBuilder, int, StringBuilder> special)
    {
        text ??= "";
        var shown = new StringBuilder(Math.Min(text.Length, most));
        for (int at = 0, size; at < text.Length; at += size)
        {
            var whole = Rune.TryGetRuneAt(text, at, out var rune);
            size = whole ? rune.Utf16SequenceLength : 1;
            if (at + size > most)
                return shown.Append(Cut).ToString();
            if (whole && IsPlain(rune))
                shown.Append(text, at, size);
            else
                special(shown, whole ? rune.Value : text[at]);
        }
        return shown.ToString();
    }

    /// <summary>Of the invisible characters only the two joiners stay, which scripts and emoji need.</summary>
    private static bool IsPlain(Rune rune) =>
        rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner || (rune.Value is not ('"' or '\\') && IsVisible(rune));

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static StringBuilder Escape(StringBuilder text, int rune) => rune switch
    {
        '"' or '\\' => text.Append((char)rune),
        <= char.MaxValue => text.Append(CultureInfo.InvariantCulture, $@"\u{rune:X4}"),
        _ => text.Append(CultureInfo.InvariantCulture, $@"\U{rune:X8}"),
    };
}

using System.Globalization;
using System.Text;

namespace Course.Core;

/// <summary>
/// Makes text from files and users safe to show in a message, a terminal or a page: control characters, invisible characters,
/// direction marks and lone surrogates are escaped (<c>\u001B</c>), and overlong text is cut.
/// Encoding for HTML, Markdown, SVG or JSON comes afterwards.
/// </summary>
public static class SafeText
{
    /// <summary>The maximum number of characters of a name or value quoted in a message.</summary>
    public const int NameLength = 80;

    /// <summary>The maximum number of characters of a line.</summary>
    public const int LineLength = 400;

    /// <summary>The maximum number of characters of a text of several lines.</summary>
    public const int TextLength = 10_000;

    private const char Cut = '…', ZeroWidthNonJoiner = '\u200C', ZeroWidthJoiner = '\u200D';

    /// <summary>Returns the text as one line: line breaks and tabs become spaces.</summary>
    /// <param name="text">Any text; null counts as empty.</param>
    /// <param name="limit">The maximum number of UTF-16 code units of <paramref name="text"/> to show.</param>
    public static string Line(string? text, int limit = LineLength) =>
        Clean(text?.ReplaceLineEndings("\n"), limit, (text, rune) => rune is '\n' or '\t' ? text.Append(' ') : Escape(text, rune));

    /// <summary>Returns the text in several lines: line breaks and tabs are kept.</summary>
    /// <inheritdoc cref="Line"/>
    public static string Lines(string? text, int limit = TextLength) =>
        Clean(text?.ReplaceLineEndings("\n"), limit, (text, rune) => rune is '\n' or '\t' ? text.Append((char)rune) : Escape(text, rune));

    /// <summary>
    /// Returns the text in quotation marks on one line, with line breaks and tabs escaped: for a name or value from a file.
    /// </summary>
    /// <inheritdoc cref="Line"/>
    public static string Quote(string? text, int limit = NameLength) => $"\"{Clean(text, limit, (text, rune) => rune switch
    {
        '\n' => text.Append(@"\n"),
        '\r' => text.Append(@"\r"),
        '\t' => text.Append(@"\t"),
        '"' or '\\' => text.Append('\\').Append((char)rune),
        _ => Escape(text, rune),
    })}\"";

    private static string Clean(string? text, int limit, Func<StringBuilder, int, StringBuilder> special)
    {
        text ??= "";
        var shown = new StringBuilder(Math.Min(text.Length, limit));
        for (int at = 0, size; at < text.Length; at += size)
        {
            var whole = Rune.TryGetRuneAt(text, at, out var rune);
            size = whole ? rune.Utf16SequenceLength : 1;
            if (at + size > limit)
                return shown.Append(Cut).ToString();
            if (whole && IsPlain(rune))
                shown.Append(text, at, size);
            else
                special(shown, whole ? rune.Value : text[at]);
        }
        return shown.ToString();
    }

    /// <summary>The two joiners are the only invisible characters that are kept: some scripts and emoji need them.</summary>
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

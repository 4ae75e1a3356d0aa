using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Course.Inference.Tokenization;

/// <summary>
/// Cuts text into pieces; BPE merges only within a piece. The first pattern cuts the text into its matches and the stretches between them,
/// and each following pattern cuts those pieces again. Patterns are meant for characters, but .NET matches UTF-16 code units, and half of
/// 𝒜 is not a letter to it. Therefore the patterns are matched against a shadow text, in which one code unit of the same category replaces
/// each character above U+FFFF.
/// </summary>
internal sealed class UnicodePreTokenizer(IReadOnlyList<Regex> patterns) : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        var (shadow, offsets) = Shadow(text);
        return Split(shadow, 0, shadow.Length, 0).Select(piece => offsets is null
            ? piece
            : (offsets[piece.Offset], offsets[piece.Offset + piece.Length] - offsets[piece.Offset]));
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());

    private IEnumerable<(int Offset, int Length)> Split(string shadow, int offset, int length, int pattern)
    {
        if (pattern == patterns.Count)
            return length == 0 ? [] : [(offset, length)];
        // A piece is cut as if there were no text around it: a pattern's lookahead ends with the piece.
        return Pieces(patterns[pattern], shadow.Substring(offset, length))
            .SelectMany(piece => Split(shadow, offset + piece.Offset, piece.Length, pattern + 1));
    }

    private static IEnumerable<(int Offset, int Length)> Pieces(Regex pattern, string text)
    {
        var end = 0;
        for (var match = pattern.Match(text); match.Success; match = match.NextMatch())
        {
            if (match.Index > end)
                yield return (end, match.Index - end);
            if (match.Length > 0)
                yield return (match.Index, match.Length);
            end = match.Index + match.Length;
        }
        if (end < text.Length)
            yield return (end, text.Length - end);
    }

    /// <summary>The shadow text and the offset of each of its code units in the text; null offsets if both are the same.</summary>
    private static (string Shadow, int[]? Offsets) Shadow(string text)
    {
        if (!text.Any(char.IsSurrogate))
            return (text, null);
        var shadow = new StringBuilder(text.Length);
        var offsets = new List<int>(text.Length + 1);
        var offset = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            offsets.Add(offset);
            shadow.Append(rune.IsBmp ? (char)rune.Value : StandIn(Rune.GetUnicodeCategory(rune)));
            offset += rune.Utf16SequenceLength;
        }
        return (shadow.ToString(), [.. offsets, offset]);
    }

    /// <summary>A rare character of the category, which no pattern names explicitly.</summary>
    private static char StandIn(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u01F8',
        UnicodeCategory.LowercaseLetter => '\u01F9',
        UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.TitlecaseLetter => '\u01BB',
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => '\u0360',
        UnicodeCategory.DecimalDigitNumber => '\u0DE6',
        UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => '\u0BF0',
        UnicodeCategory.DashPunctuation or UnicodeCategory.OtherPunctuation => '\u05C3',
        UnicodeCategory.MathSymbol or UnicodeCategory.OtherSymbol => '\u0BF3',
        _ => '\uE000', // unassigned and private use
    };
}

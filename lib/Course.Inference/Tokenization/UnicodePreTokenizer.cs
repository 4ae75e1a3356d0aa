using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Course.Inference.Tokenization;

/// <summary>
/// Cuts text into the pieces that BPE merges within: where the first pattern matches and between its matches, each piece then
/// by the next pattern. Patterns are meant for characters, but .NET matches 16-bit units and takes half of 𝒜 for no letter;
/// so they are matched against a shadow in which each character beyond U+FFFF stands as one unit of its own category.
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
        // A piece is cut as if nothing stood around it: what a pattern looks ahead for ends with the piece.
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

    /// <summary>The shadow, and where each of its units begins in the text; null where they are the same.</summary>
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

    /// <summary>A rare character of the category, which no pattern names by itself.</summary>
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

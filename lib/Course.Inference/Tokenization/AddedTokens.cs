using System.Text.RegularExpressions;

namespace Course.Inference.Tokenization;

/// <summary>A stretch of text: an added token's spelling, or ordinary text between them.</summary>
internal readonly record struct TextSegment(int Start, int Length, int? Token);

/// <summary>
/// Tokens that were put beside the vocabulary. Text that spells one is that token, whatever stands around it; the longest wins.
/// </summary>
internal sealed class AddedTokens
{
    private readonly IReadOnlyDictionary<string, int> tokens;
    private readonly Regex? spelling;

    public AddedTokens(IReadOnlyDictionary<string, int> tokens)
    {
        this.tokens = tokens;
        if (tokens.Count > 0)
            spelling = new(
                string.Join('|', tokens.Keys.OrderByDescending(token => token.Length).Select(Regex.Escape)),
                RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    public IEnumerable<TextSegment> Split(string text)
    {
        var end = 0;
        for (var match = spelling?.Match(text); match is { Success: true }; match = match.NextMatch())
        {
            if (match.Index > end)
                yield return new(end, match.Index - end, null);
            yield return new(match.Index, match.Length, tokens[match.Value]);
            end = match.Index + match.Length;
        }
        if (end < text.Length)
            yield return new(end, text.Length - end, null);
    }
}

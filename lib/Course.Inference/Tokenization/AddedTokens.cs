using System.Text.RegularExpressions;

namespace Course.Inference.Tokenization;

/// <summary>A stretch of text: the spelling of an added token, or (with a null token) ordinary text between such spellings.</summary>
internal readonly record struct TextSegment(int Start, int Length, int? Token);

/// <summary>
/// Tokens that were added to the vocabulary. Text that spells one becomes that token, whatever the text around it;
/// the longest spelling wins.
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

using System.Text.RegularExpressions;

namespace Course.Training.Tokenizers;

/// <summary>GPT-2's cut into words (Radford et al. 2019): merges never cross these borders.</summary>
public static partial class PreTokenizer
{
    public static IEnumerable<string> Words(string text) => Pattern().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Pattern();
}

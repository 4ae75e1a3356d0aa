using System.Text.RegularExpressions;

namespace Course.Training.Tokenizers;

/// <summary>Splits text into words as GPT-2 does (Radford et al. 2019). Merges never cross word boundaries.</summary>
public static partial class PreTokenizer
{
    public static IEnumerable<string> Words(string text) => Pattern().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Pattern();
}

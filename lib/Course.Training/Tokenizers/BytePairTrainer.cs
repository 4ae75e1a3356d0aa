using System.Text;

namespace Course.Training.Tokenizers;

/// <summary>
/// Learns byte-pair merges (Sennrich et al. 2016): the most frequent pair of adjacent tokens is repeatedly merged into one token. Only the
/// words that contain the pair are recounted. Ties go to the smaller ids, so the result is deterministic.
/// </summary>
public sealed class BytePairTrainer
{
    private readonly List<(int[] Tokens, long Count)> words;
    private readonly Dictionary<(int Left, int Right), long> counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> occurrences = [];

    private BytePairTrainer(IEnumerable<string> documents, int firstByte)
    {
        words = [.. documents.SelectMany(PreTokenizer.Words).CountBy(word => word).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (Encoding.UTF8.GetBytes(pair.Key).Select(b => firstByte + b).ToArray(), (long)pair.Value))];
        for (var word = 0; word < words.Count; word++)
            Count(word, 1);
    }

    /// <summary>Learns a vocabulary.</summary>
    /// <param name="documents">The training text.</param>
    /// <param name="size">The vocabulary size V: special tokens, 256 bytes and merges.</param>
    /// <param name="specials">Tokens that no text can produce.</param>
    /// <exception cref="CourseException">V is too small for the bytes, or the text has too few different pairs.</exception>
    public static BytePairVocabulary Train(IEnumerable<string> documents, int size, IReadOnlyList<string> specials)
    {
        var least = specials.Count + 256;
        if (size < least)
            throw new CourseException(
                $"A vocabulary of {size} tokens has no room for 256 bytes and {specials.Count} special tokens. Ask for at least {least}.");
        var trainer = new BytePairTrainer(documents, specials.Count);
        var merges = new List<(int, int)>();
        for (var id = least; id < size; id++)
        {
            if (trainer.MostFrequent() is not { } pair)
                throw new CourseException(
                    $"The text yields only {id} different tokens, not {size}. Give more text or choose a smaller vocabulary.");
            trainer.Replace(pair, id);
            merges.Add(pair);
        }
        return new(specials, merges);
    }

    /// <summary>
    /// Returns the most frequent pair; null if no pair occurs twice, because merging it would only memorise a single word.
    /// </summary>
    private (int Left, int Right)? MostFrequent()
    {
        ((int Left, int Right) Pair, long Count) best = (default, 1);
        foreach (var (pair, count) in counts)
            if (count > best.Count || (count == best.Count && count > 1 && pair.CompareTo(best.Pair) < 0))
                best = (pair, count);
        return best.Count > 1 ? best.Pair : null;
    }

    private void Replace((int Left, int Right) pair, int merged)
    {
        foreach (var word in occurrences[pair].ToArray())
        {
            Count(word, -1);
            words[word] = (Merge(words[word].Tokens, pair.Left, pair.Right, merged), words[word].Count);
            Count(word, 1);
        }
    }

    /// <summary>Adds or subtracts the counts of all pairs of one word.</summary>
    private void Count(int word, int sign)
    {
        var (tokens, count) = words[word];
        foreach (var pair in tokens.Zip(tokens.Skip(1)))
        {
            var total = counts.GetValueOrDefault(pair) + sign * count;
            if (total == 0)
                counts.Remove(pair);
            else
                counts[pair] = total;
            if (!occurrences.TryGetValue(pair, out var holders))
                occurrences[pair] = holders = [];
            if (sign > 0)
                holders.Add(word);
            else
                holders.Remove(word);
        }
    }

    /// <summary>Replaces every occurrence of a pair, from left to right.</summary>
    private static int[] Merge(int[] tokens, int left, int right, int merged)
    {
        var result = new List<int>(tokens.Length);
        for (var i = 0; i < tokens.Length; i++)
        {
            var isPair = i + 1 < tokens.Length && tokens[i] == left && tokens[i + 1] == right;
            result.Add(isPair ? merged : tokens[i]);
            i += isPair ? 1 : 0;
        }
        return [.. result];
    }
}

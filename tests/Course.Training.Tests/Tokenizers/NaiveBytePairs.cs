using System.Text;
using Course.Training.Tokenizers;

namespace Course.Training.Tests.Tokenizers;

/// <summary>Byte-pair encoding by its definition: pairs are recounted for every merge, and merges are tried in order.</summary>
internal static class NaiveBytePairs
{
    public static List<(int Left, int Right)> Learn(string text, int merges, int firstByte)
    {
        var words = PreTokenizer.Words(text).Select(word => Bytes(word, firstByte)).ToList();
        var learnt = new List<(int, int)>();
        for (var id = firstByte + 256; learnt.Count < merges; id++)
        {
            var best = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
            learnt.Add(best);
            words = [.. words.Select(word => Replace(word, best, id))];
        }
        return learnt;
    }

    public static int[] Encode(BytePairVocabulary vocabulary, string text) => [.. PreTokenizer.Words(text).SelectMany(word =>
    {
        var tokens = Bytes(word, vocabulary.FirstByte);
        foreach (var merge in vocabulary.Merges)
            tokens = Replace(tokens, (merge.Left, merge.Right), merge.Merged);
        return tokens;
    })];

    private static int[] Bytes(string word, int firstByte) => [.. Encoding.UTF8.GetBytes(word).Select(b => firstByte + b)];

    private static int[] Replace(int[] tokens, (int Left, int Right) pair, int merged)
    {
        var result = new List<int>();
        foreach (var token in tokens)
            if (result.Count > 0 && (result[^1], token) == pair)
                result[^1] = merged;
            else
                result.Add(token);
        return [.. result];
    }
}

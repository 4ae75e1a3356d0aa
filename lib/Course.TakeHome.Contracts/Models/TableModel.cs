namespace Course.TakeHome.Contracts;

/// <summary>
/// A language model that is a table: for every sequence of tokens the logits of the next one. Its cache holds the tokens themselves, so whoever
/// feeds the wrong ones, or rewinds too little, gets other logits, as from a real model.
/// </summary>
public sealed class TableModel(int vocabularySize, Func<IReadOnlyList<int>, float[]> table) : ILanguageModel
{
    private readonly Dictionary<string, float[]> known = [];

    public int VocabularySize => vocabularySize;

    /// <summary>Logits that are arbitrary but fixed, other ones after every sequence.</summary>
    public static TableModel Arbitrary(int vocabularySize, int seed) => new(vocabularySize, sequence =>
    {
        var random = new Random(sequence.Aggregate(seed, (hash, token) => unchecked((hash * 31) + token + 1)));
        return [.. Enumerable.Range(0, vocabularySize).Select(_ => (random.NextSingle() * 4) - 2)];
    });

    /// <summary>Another table, made of this one's logits: sharper, flatter, opposed.</summary>
    public TableModel Select(Func<float[], float[]> change) => new(vocabularySize, sequence => change(Logits(sequence)));

    /// <summary>[V]: what follows a sequence.</summary>
    public float[] Logits(IReadOnlyList<int> sequence)
    {
        // An enumeration asks for the same few sequences many thousand times.
        var key = string.Create(2 * sequence.Count, sequence, (text, tokens) =>
        {
            for (var i = 0; i < tokens.Count; i++)
                (text[2 * i], text[(2 * i) + 1]) = ((char)(tokens[i] >> 16), (char)tokens[i]);
        });
        if (!known.TryGetValue(key, out var logits))
            known.Add(key, logits = table(sequence));
        return logits;
    }

    public ICache CreateCache() => new TokenCache();

    public IReadOnlyList<float[]> Forward(IReadOnlyList<int> tokens, ICache cache)
    {
        if (tokens.Count == 0)
            throw new TakeHomeException($"Forward was called with no tokens, on a cache that holds {cache.Length}. A call brings at least one: where nothing is left to feed, the cache holds more than the text, or all of it.");
        var history = cache as TokenCache ?? throw new TakeHomeException($"Forward was called with a {cache.GetType().Name} that this model did not make. Take it from CreateCache.");
        var logits = new List<float[]>();
        foreach (var token in tokens)
        {
            if (token < 0 || token >= vocabularySize)
                throw new TakeHomeException($"Forward was called with token {token}; the vocabulary goes from 0 to {vocabularySize - 1}.");
            history.Add(token);
            logits.Add([.. Logits(history.Tokens)]);
        }
        return logits;
    }
}

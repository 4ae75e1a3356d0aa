using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Course.TakeHome.Contracts;

/// <summary>
/// A language model that is a table: for every sequence of tokens the logits of the next one. Its cache holds the tokens themselves, so whoever
/// feeds the wrong ones, or rewinds too little, gets other logits, as from a real model.
/// </summary>
public sealed class TableModel(int vocabularySize, Func<IReadOnlyList<int>, float[]> table) : ILanguageModel
{
    private readonly Dictionary<string, float[]> known = [];

    public int VocabularySize => vocabularySize;

    /// <summary>Logits from −2 to 2 that are arbitrary but fixed, other ones after every sequence.</summary>
    public static TableModel Arbitrary(int vocabularySize, int seed)
    {
        var key = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(key, seed);
        return Arbitrary(vocabularySize, key);
    }

    /// <summary>The same, of a key: hashes, so that who has seen some rows knows nothing about the others.</summary>
    public static TableModel Arbitrary(int vocabularySize, byte[] key) => new(vocabularySize, sequence => ArbitraryRow(vocabularySize, key, sequence));

    private static float[] ArbitraryRow(int vocabularySize, byte[] key, IReadOnlyList<int> sequence)
    {
        var hashed = new byte[key.Length + ((sequence.Count + 1) * sizeof(int))]; // the key, the tokens, and the number of the block
        key.CopyTo(hashed, 0);
        for (var i = 0; i < sequence.Count; i++)
            BinaryPrimitives.WriteInt32LittleEndian(hashed.AsSpan(key.Length + (i * sizeof(int))), sequence[i]);
        var logits = new float[vocabularySize];
        Span<byte> block = stackalloc byte[SHA256.HashSizeInBytes];
        const int PerBlock = SHA256.HashSizeInBytes / sizeof(uint);
        for (var i = 0; i < vocabularySize; i++)
        {
            if (i % PerBlock == 0)
            {
                BinaryPrimitives.WriteInt32LittleEndian(hashed.AsSpan(^sizeof(int)..), i / PerBlock);
                SHA256.HashData(hashed, block);
            }
            logits[i] = (float)((BinaryPrimitives.ReadUInt32LittleEndian(block[(i % PerBlock * sizeof(uint))..]) / (double)uint.MaxValue * 4) - 2);
        }
        return logits;
    }

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
            throw new CourseException($"Forward was called with no tokens, on a cache that holds {cache.Length}. A call brings at least one: where nothing is left to feed, the cache holds more than the text, or all of it.");
        var history = cache as TokenCache ?? throw new CourseException($"Forward was called with a {cache.GetType().Name} that this model did not make. Take it from CreateCache.");
        var logits = new List<float[]>();
        foreach (var token in tokens)
        {
            if (token < 0 || token >= vocabularySize)
                throw new CourseException($"Forward was called with token {token}; the vocabulary goes from 0 to {vocabularySize - 1}.");
            history.Add(token);
            logits.Add([.. Logits(history.Tokens)]);
        }
        return logits;
    }
}

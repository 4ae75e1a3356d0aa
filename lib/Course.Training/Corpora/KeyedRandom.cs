namespace Course.Training.Corpora;

/// <summary>
/// Random numbers as a function of a key. What a run draws at a step depends on seed and step alone,
/// so a resumed run has nothing to restore and goes on exactly as it would have.
/// </summary>
public struct KeyedRandom
{
    private SplitMix64 words;

    public KeyedRandom(params ReadOnlySpan<long> key)
    {
        words = new(0x9E3779B97F4A7C15);
        foreach (var part in key)
            words = new(words.Next() ^ (ulong)part);
    }

    public ulong Next() => words.Next();

    /// <summary>Below <paramref name="bound"/>; the bias of a multiply-shift is under bound / 2³².</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Fisher and Yates's shuffle.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

namespace Course.Training.Corpora;

/// <summary>
/// Random numbers as a function of a key. The draws of a run at a step depend only on seed and step, so a resumed run needs no generator
/// state and continues exactly as it would have.
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

    /// <summary>Returns a number from 0 to <paramref name="bound"/> − 1. The bias of the multiply-shift is below bound / 2³².</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Shuffles by the algorithm of Fisher and Yates.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

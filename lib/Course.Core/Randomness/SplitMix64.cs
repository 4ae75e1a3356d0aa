namespace Course.Core;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): spreads a seed of any quality over as many words as are asked for.</summary>
public struct SplitMix64(ulong state)
{
    private ulong state = state;

    public ulong Next() => Mix(state += 0x9E3779B97F4A7C15);

    /// <summary>Another word for each word: neighbouring ones land far apart.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

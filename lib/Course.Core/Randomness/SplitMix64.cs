namespace Course.Core;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): expands a seed of any quality into a stream of 64-bit words.</summary>
public struct SplitMix64(ulong state)
{
    private ulong state = state;

    public ulong Next() => Mix(state += 0x9E3779B97F4A7C15);

    /// <summary>A bijective mix of one word: neighbouring inputs give unrelated outputs.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

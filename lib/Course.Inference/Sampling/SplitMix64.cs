namespace Course.Inference.Sampling;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): spreads a seed of any quality over as many words as are asked for.</summary>
public struct SplitMix64(ulong state)
{
    private ulong state = state;

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

using System.Numerics;

namespace Course.Inference.Sampling;

/// <summary>
/// xoshiro256** 1.0 (Blackman and Vigna 2018): 256 bits of state, period 2²⁵⁶ − 1. Written out here because the framework does not promise
/// that its own generator stays the same from one version to the next.
/// </summary>
internal struct Xoshiro256
{
    private ulong s0, s1, s2, s3;

    /// <summary>The state must not be all zeros, from which the generator would never leave.</summary>
    public Xoshiro256(ulong s0, ulong s1, ulong s2, ulong s3) => (this.s0, this.s1, this.s2, this.s3) = (s0, s1, s2, s3);

    public ulong Next()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform on [0, 1), in steps of 2⁻⁵³: never 1, so an event of probability one always happens.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));
}

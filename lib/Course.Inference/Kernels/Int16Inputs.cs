using System.Runtime.Intrinsics;

namespace Course.Inference.Kernels;

/// <summary>
/// Inputs of a whole-number product: x ≈ scale · q with 16-bit q, one scale per token. The error is at most scale / 2, at 32767 steps
/// a relative 1.5·10⁻⁵ of the largest input: small beside that of 8-bit weights.
/// </summary>
internal static unsafe class Int16Inputs
{
    /// <summary>
    /// The largest |q| with which sums of that many products with 8-bit weights stay within 32 bits in each of 8 lanes, two products an addition:
    /// 32767 up to 4112 inputs, and less for more.
    /// </summary>
    public static int LargestFor(int inputs) => Math.Min(short.MaxValue, int.MaxValue / (2 * 127 * ((inputs + 15) / 16)));

    /// <summary>
    /// q[i] = round(x[i] · largest / max|x|), halves to even; returns max|x| / largest.
    /// If an input is not finite the scale is not either, and every product with the token becomes NaN.
    /// </summary>
    public static float Round(float* x, int count, int largest, short* q)
    {
        var most = RowMath.LargestMagnitude(x, count);
        var factor = largest / most;
        if (most == 0 || float.IsInfinity(factor))
        {
            new Span<short>(q, count).Clear();
            return 0;
        }

        var i = 0;
        for (; i <= count - 16; i += 16)
            Vector256.Store(Vector256.Narrow(Nearest(x + i, factor), Nearest(x + i + 8, factor)), q + i);
        for (; i < count; i++)
            q[i] = (short)MathF.Round(x[i] * factor);
        return float.IsFinite(most) ? most / largest : float.NaN;
    }

    /// <summary>offsets[g] = −8 · Σ of the group's q: what makes of a product with nibbles one with nibbles − 8.</summary>
    public static void Offsets(short* q, int count, int group, int* offsets)
    {
        for (var start = 0; start < count; start += group)
        {
            var sums = Vector256<int>.Zero;
            for (var i = 0; i < group; i += 16)
                sums = PairSums.Add(Vector256.Create((short)-8), Vector256.Load(q + start + i), sums);
            offsets[start / group] = Vector256.Sum(sums);
        }
    }

    private static Vector256<int> Nearest(float* x, float factor) => Vector256.ConvertToInt32(Vector256.Round(Vector256.Load(x) * Vector256.Create(factor)));
}

using System.Runtime.Intrinsics;

namespace Course.Inference.Kernels;

/// <summary>
/// Inputs of an integer product: x ≈ scale · q with 16-bit q and one scale per token. The error is at most scale / 2, which is
/// 1.5·10⁻⁵ of the largest input and small compared with the error of 8-bit weights.
/// </summary>
internal static unsafe class Int16Inputs
{
    /// <summary>
    /// q[i] = round(x[i] · 32767 / max|x|), halves to even; returns max|x| / 32767.
    /// If an input is not finite, the scale is NaN, and so is every product with the token.
    /// </summary>
    public static float Round(float* x, int count, short* q)
    {
        var most = RowMath.LargestMagnitude(x, count);
        var factor = short.MaxValue / most;
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
        return float.IsFinite(most) ? most / short.MaxValue : float.NaN;
    }

    /// <summary>
    /// offsets[g] = −8 · Σ of the group's q. A product with nibbles n plus this offset is the product with n − 8.
    /// </summary>
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

    private static Vector256<int> Nearest(float* x, float factor) =>
        Vector256.ConvertToInt32(Vector256.Round(Vector256.Load(x) * Vector256.Create(factor)));
}

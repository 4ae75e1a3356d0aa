using System.Numerics;
using System.Runtime.InteropServices;

namespace Course.Inference.Quantization;

/// <summary>Quantises one row of weights to int4, group by group, and packs it.</summary>
internal static class Int4Row
{
    /// <summary>Weights beyond it have no scale in Float16.</summary>
    public const float Largest = 65504 * 6;

    /// <summary>A matrix whose largest weight is smaller has scales below Float16's normal range, 2⁻¹⁴, where they lose bits and in the end become zero.</summary>
    public const float Smallest = 8f / (1 << 14);

    private const float Lowest = -Int4Matrix.Offset, Highest = Int4Matrix.Offset - 1;

    /// <summary>Which integer the weight of largest magnitude is tried at. Beyond −8 or 7 it is clipped, for the sake of the others.</summary>
    private static readonly float[] Extents = [-6.5f, -7f, -7.5f, -8f, -8.5f, -9f, -10f, 6f, 6.5f, 7f, 7.5f, 8f, 9f];

    /// <param name="weights">[in], at most <see cref="Largest"/> in magnitude.</param>
    /// <param name="groupSize">g</param>
    /// <param name="rule">How scales are chosen.</param>
    /// <param name="nibbles">[in / 2], written.</param>
    /// <param name="scales">[in / g], written.</param>
    public static void Quantize(ReadOnlySpan<float> weights, int groupSize, Int4Rule rule, Span<byte> nibbles, Span<Half> scales)
    {
        Span<byte> values = stackalloc byte[groupSize];
        Span<float> alike = stackalloc float[groupSize];
        alike.Fill(1);
        for (var group = 0; group < scales.Length; group++)
        {
            var start = group * groupSize;
            var part = weights.Slice(start, groupSize);
            scales[group] = rule == Int4Rule.Extreme ? RoundExtreme(part, values) : RoundBest(part, alike, values);
            Pack(values, nibbles.Slice(start / 2, groupSize / 2));
        }
    }

    /// <summary>Two values to a byte, in blocks of 32: j low, j + 16 high.</summary>
    public static void Pack(ReadOnlySpan<byte> values, Span<byte> nibbles)
    {
        const int half = Int4Matrix.Block / 2;
        for (var i = 0; i < nibbles.Length; i++)
        {
            var low = i / half * Int4Matrix.Block + i % half;
            nibbles[i] = (byte)(values[low] | values[low + half] << 4);
        }
    }

    /// <summary>Of several scales the one that leaves the least Σ importance · error².</summary>
    /// <param name="weights">[g]</param>
    /// <param name="importance">[g]: what a squared error counts at each input.</param>
    public static Half BestScale(ReadOnlySpan<float> weights, ReadOnlySpan<float> importance)
    {
        var extreme = Extreme(weights);
        var (best, most) = (extreme / Lowest, float.NegativeInfinity);
        foreach (var extent in Extents)
        {
            // Given the integers q that a scale rounds to, the error is least at s = Σwq / Σq², where it is Σw² − (Σwq)² / Σq².
            var (wq, qq) = Products(weights, importance, Inverse(extreme / extent));
            if (wq * wq / qq > most && float.IsFinite(wq / qq))
                (best, most) = (wq / qq, wq * wq / qq);
        }

        return (Half)best;
    }

    /// <summary>The integer nearest to weight / scale that int4 has.</summary>
    public static float Nearest(float weight, float inverse) => Math.Clamp(MathF.Round(weight * inverse), Lowest, Highest);

    public static float Inverse(float scale) => scale == 0 || !float.IsFinite(1 / scale) ? 0 : 1 / scale;

    private static Half RoundBest(ReadOnlySpan<float> weights, ReadOnlySpan<float> importance, Span<byte> values)
    {
        var scale = BestScale(weights, importance);
        var inverse = Inverse((float)scale);
        for (var i = 0; i < weights.Length; i++)
            values[i] = (byte)(Nearest(weights[i], inverse) + Int4Matrix.Offset);
        return scale;
    }

    /// <summary>Exactly as ggml's reference: the unrounded scale decides the nibbles, halves go away from −8.</summary>
    private static Half RoundExtreme(ReadOnlySpan<float> weights, Span<byte> values)
    {
        var scale = Extreme(weights) / Lowest;
        var inverse = Inverse(scale);
        for (var i = 0; i < weights.Length; i++)
            values[i] = (byte)Math.Clamp((int)(weights[i] * inverse + Int4Matrix.Offset + 0.5f), 0, 15);
        return (Half)scale;
    }

    /// <summary>Σ importance·w·q and Σ importance·q² of the integers q nearest to w · inverse.</summary>
    private static (float WQ, float QQ) Products(ReadOnlySpan<float> weights, ReadOnlySpan<float> importance, float inverse)
    {
        Vector<float> wq = default, qq = default, low = new(Lowest), high = new(Highest), factor = new(inverse);
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var counts = MemoryMarshal.Cast<float, Vector<float>>(importance);
        for (var i = 0; i < w.Length; i++)
        {
            var q = Vector.Min(Vector.Max(Vector.Round(w[i] * factor), low), high);
            wq += counts[i] * w[i] * q;
            qq += counts[i] * q * q;
        }

        return (Vector.Sum(wq), Vector.Sum(qq));
    }

    private static float Extreme(ReadOnlySpan<float> weights)
    {
        var extreme = 0f;
        foreach (var weight in weights)
            if (Math.Abs(weight) > Math.Abs(extreme))
                extreme = weight;
        return extreme;
    }
}

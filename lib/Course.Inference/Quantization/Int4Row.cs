namespace Course.Inference.Quantization;

/// <summary>Quantises one row of weights to int4, group by group, and packs it.</summary>
internal static class Int4Row
{
    /// <summary>Which integer the weight of largest magnitude is tried at. Beyond 8 it is clipped, for the sake of the others.</summary>
    private static readonly float[] Extents = [-6.5f, -7f, -7.5f, -8f, -8.5f, -9f, -10f, 6f, 6.5f, 7f, 7.5f, 8f, 9f];

    /// <summary>Weights beyond it have no scale in Float16.</summary>
    public const float Largest = 65504 * 6;

    /// <param name="weights">[in], at most <see cref="Largest"/> in magnitude.</param>
    /// <param name="groupSize">g</param>
    /// <param name="rule">How scales are chosen.</param>
    /// <param name="nibbles">[in / 2], written.</param>
    /// <param name="scales">[in / g], written.</param>
    /// <param name="importance">[in]: what a squared error counts at each input; alike where it is empty.</param>
    public static void Quantize(
        ReadOnlySpan<float> weights, int groupSize, Int4Rule rule, Span<byte> nibbles, Span<Half> scales, ReadOnlySpan<float> importance = default)
    {
        Span<byte> values = stackalloc byte[groupSize];
        for (var group = 0; group < scales.Length; group++)
        {
            var start = group * groupSize;
            var part = weights.Slice(start, groupSize);
            scales[group] = rule == Int4Rule.Extreme ? ExtremeScale(part, values) : BestScale(part, importance.IsEmpty ? [] : importance.Slice(start, groupSize), values);
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

    /// <summary>Exactly as ggml's reference: the unrounded scale decides the nibbles, halves go away from −8.</summary>
    private static Half ExtremeScale(ReadOnlySpan<float> weights, Span<byte> values)
    {
        var scale = Extreme(weights) / -Int4Matrix.Offset;
        var inverse = scale == 0 ? 0 : 1 / scale;
        for (var i = 0; i < weights.Length; i++)
            values[i] = (byte)Math.Clamp((int)(weights[i] * inverse + Int4Matrix.Offset + 0.5f), 0, 15);
        return (Half)scale;
    }

    private static Half BestScale(ReadOnlySpan<float> weights, ReadOnlySpan<float> importance, Span<byte> values)
    {
        var extreme = Extreme(weights);
        var (best, least) = ((Half)(extreme / -Int4Matrix.Offset), float.PositiveInfinity);
        foreach (var extent in Extents)
        {
            var scale = (Half)(FittedScale(weights, importance, extreme / extent));
            var error = Error(weights, importance, (float)scale);
            if (error < least)
                (best, least) = (scale, error);
        }

        for (var i = 0; i < weights.Length; i++)
            values[i] = (byte)(Nearest(weights[i], Inverse((float)best)) + Int4Matrix.Offset);
        return best;
    }

    /// <summary>Given the integers q that <paramref name="scale"/> rounds to, Σ(w − s·q)² is least at s = Σwq / Σq².</summary>
    private static float FittedScale(ReadOnlySpan<float> weights, ReadOnlySpan<float> importance, float scale)
    {
        var inverse = Inverse(scale);
        float wq = 0, qq = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            float q = Nearest(weights[i], inverse), counts = importance.IsEmpty ? 1 : importance[i];
            (wq, qq) = (wq + counts * weights[i] * q, qq + counts * q * q);
        }

        return qq > 0 ? wq / qq : scale;
    }

    private static float Error(ReadOnlySpan<float> weights, ReadOnlySpan<float> importance, float scale)
    {
        var inverse = Inverse(scale);
        var sum = 0f;
        for (var i = 0; i < weights.Length; i++)
        {
            var error = weights[i] - scale * Nearest(weights[i], inverse);
            sum += (importance.IsEmpty ? 1 : importance[i]) * error * error;
        }

        return sum;
    }

    private static float Extreme(ReadOnlySpan<float> weights)
    {
        var extreme = 0f;
        foreach (var weight in weights)
            if (Math.Abs(weight) > Math.Abs(extreme))
                extreme = weight;
        return extreme;
    }

    private static int Nearest(float weight, float inverse) => Math.Clamp((int)MathF.Round(weight * inverse), -Int4Matrix.Offset, Int4Matrix.Offset - 1);

    private static float Inverse(float scale) => scale == 0 ? 0 : 1 / scale;
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Course.Inference.Sampling;

/// <summary>What every implementation of <see cref="IRandomness"/> asks of a probability and of a distribution.</summary>
internal static class Distributions
{
    /// <summary>Divides by the sum, which must be positive.</summary>
    public static void Normalise(Span<double> weights)
    {
        var total = CompensatedSum.Of(weights);
        var wide = Vector512.IsHardwareAccelerated ? MemoryMarshal.Cast<double, Vector512<double>>(weights) : [];
        foreach (ref var block in wide)
            block /= total;
        var rest = weights[(wide.Length * Vector512<double>.Count)..];
        var blocks = MemoryMarshal.Cast<double, Vector256<double>>(rest);
        foreach (ref var block in blocks)
            block /= total;
        foreach (ref var weight in rest[(blocks.Length * Vector256<double>.Count)..])
            weight /= total;
    }

    /// <summary>Throws unless the value is a probability.</summary>
    public static void RequireProbability(double probability)
    {
        if (!(probability is >= 0 and <= 1))
            throw new CourseException($"A probability lies between 0 and 1; got {probability:R}.");
    }

    /// <summary>Throws unless the values are a distribution whose sum is one within <paramref name="tolerance"/>.</summary>
    public static void Require(ReadOnlySpan<double> probabilities, double tolerance)
    {
        var total = CompensatedSum.Of(probabilities);
        // Written so that NaN, which compares false with everything, is refused; an infinite term leaves no finite sum.
        if (!(Least(probabilities) >= 0) || !double.IsFinite(total))
            for (var i = 0; i < probabilities.Length; i++)
                if (!(double.IsFinite(probabilities[i]) && probabilities[i] >= 0))
                    throw new CourseException($"Probability {i} of {probabilities.Length} is {probabilities[i]:R}; probabilities are finite and not negative.");
        if (!(Math.Abs(total - 1) <= tolerance))
            throw new CourseException(
                $"The {probabilities.Length} probabilities sum to {total:R}, which is not one within {tolerance:R}. Normalise them before drawing.");
    }

    /// <summary>The plain sum, in the same order on every machine.</summary>
    /// <param name="block">A whole number of times four values.</param>
    public static double Sum(ReadOnlySpan<double> block)
    {
        var sums = Vector256<double>.Zero;
        foreach (var four in MemoryMarshal.Cast<double, Vector256<double>>(block))
            sums += four;
        return sums[0] + sums[1] + (sums[2] + sums[3]);
    }

    /// <summary>The least value; NaN if any is. Without values, infinity.</summary>
    private static double Least(ReadOnlySpan<double> values)
    {
        var least = Vector256.Create(double.PositiveInfinity);
        var blocks = MemoryMarshal.Cast<double, Vector256<double>>(values);
        foreach (var block in blocks)
            least = Vector256.Min(least, block);
        var smallest = Math.Min(Math.Min(least[0], least[1]), Math.Min(least[2], least[3]));
        foreach (var value in values[(blocks.Length * Vector256<double>.Count)..])
            smallest = Math.Min(smallest, value);
        return smallest;
    }
}

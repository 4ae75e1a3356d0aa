using System.Buffers;

namespace Course.Inference.Sampling;

/// <summary>
/// Keeps the nucleus: the fewest most probable tokens whose probabilities together reach p (Holtzman et al. 2020).
/// The most probable token always stays; among equals at the border the lower ids do.
/// </summary>
internal static class TopP
{
    public static void Apply(Span<double> probabilities, double p)
    {
        if (p >= 1)
            return;
        var buffer = ArrayPool<double>.Shared.Rent(probabilities.Length);
        var sorted = TopK.Sorted(probabilities, buffer);
        TopK.Keep(probabilities, sorted, NucleusSize(sorted, p));
        ArrayPool<double>.Shared.Return(buffer);
    }

    private static int NucleusSize(ReadOnlySpan<double> ascending, double p)
    {
        var reached = 0.0;
        var count = 0;
        while (count < ascending.Length && reached < p)
            reached += ascending[^++count];
        return count;
    }
}

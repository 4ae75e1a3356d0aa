using System.Buffers;

namespace Course.Inference.Sampling;

/// <summary>
/// Keeps the k most probable tokens (Fan et al. 2018). Exactly k, or all there are: among equals at the border the lower ids stay.
/// (Hugging Face keeps all of the equals, and so may keep more than k.)
/// </summary>
internal static class TopK
{
    public static void Apply(Span<double> probabilities, int k)
    {
        if (k >= probabilities.Length)
            return;
        var sorted = ArrayPool<double>.Shared.Rent(probabilities.Length);
        Keep(probabilities, Sorted(probabilities, sorted), k);
        ArrayPool<double>.Shared.Return(sorted);
    }

    /// <summary>The probabilities in ascending order, in <paramref name="buffer"/>.</summary>
    internal static ReadOnlySpan<double> Sorted(ReadOnlySpan<double> probabilities, double[] buffer)
    {
        var sorted = buffer.AsSpan(0, probabilities.Length);
        probabilities.CopyTo(sorted);
        sorted.Sort();
        return sorted;
    }

    /// <summary>Drops all but the <paramref name="count"/> most probable; <paramref name="sorted"/> is the same in ascending order.</summary>
    internal static void Keep(Span<double> probabilities, ReadOnlySpan<double> sorted, int count)
    {
        var border = sorted[^count];
        var placesAtBorder = count;
        foreach (var p in probabilities)
            if (p > border)
                placesAtBorder--;
        for (var i = 0; i < probabilities.Length; i++)
            if (probabilities[i] < border || probabilities[i] == border && placesAtBorder-- <= 0)
                probabilities[i] = 0;
        Distributions.Normalise(probabilities);
    }
}

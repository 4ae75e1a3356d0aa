namespace Course.Inference.Speculation.Batching;

/// <summary>The batch size from which on speculation is slower than doing without.</summary>
public static class Crossover
{
    /// <summary>Where the gain falls below 1, between two sizes in proportion to their logarithms; the first size where it never was above, infinity where it never falls below.</summary>
    /// <param name="sizes">Batch sizes, rising.</param>
    /// <param name="gains">At each: how many times as fast as plain decoding.</param>
    /// <exception cref="CourseException">There are not as many gains as sizes, or none.</exception>
    public static double Of(IReadOnlyList<int> sizes, IReadOnlyList<double> gains)
    {
        if (sizes.Count == 0 || sizes.Count != gains.Count)
            throw new CourseException($"A crossover lies between batch sizes with a gain each; got {sizes.Count} sizes and {gains.Count} gains.");
        var below = 0;
        while (below < gains.Count && gains[below] >= 1)
            below++;
        if (below == 0)
            return sizes[0];
        if (below == gains.Count)
            return double.PositiveInfinity;
        var share = (gains[below - 1] - 1) / (gains[below - 1] - gains[below]);
        return sizes[below - 1] * Math.Pow((double)sizes[below] / sizes[below - 1], share);
    }
}

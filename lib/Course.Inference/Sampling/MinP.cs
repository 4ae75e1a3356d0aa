namespace Course.Inference.Sampling;

/// <summary>Keeps the tokens whose probability is at least a fraction of the largest one (Nguyen et al. 2024). Equals share their fate.</summary>
internal static class MinP
{
    public static void Apply(Span<double> probabilities, double fraction)
    {
        if (fraction <= 0)
            return;
        var largest = 0.0;
        foreach (var p in probabilities)
            largest = Math.Max(largest, p);
        foreach (ref var p in probabilities)
            if (p < fraction * largest)
                p = 0;
        Distributions.Normalise(probabilities);
    }
}

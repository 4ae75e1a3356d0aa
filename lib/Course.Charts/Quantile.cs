namespace Course.Charts;

/// <summary>Computes quantiles of samples.</summary>
public static class Quantile
{
    /// <summary>
    /// The value below which a share <paramref name="p"/> of the samples lies, interpolated linearly (type 7 of Hyndman and Fan 1996).
    /// </summary>
    /// <param name="sorted">At least one sample, in ascending order.</param>
    /// <param name="p">The share, 0 to 1.</param>
    public static double Of(IReadOnlyList<double> sorted, double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        var at = p * (sorted.Count - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}

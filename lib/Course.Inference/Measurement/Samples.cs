using System.Globalization;

namespace Course.Inference.Measurement;

/// <summary>
/// Repeated measurements of one thing, in the order they were taken. Speaks in medians and quartiles: interruptions mostly add time
/// (a warm cache or a faster clock takes some away), so a mean follows the few worst samples, and a median stays with the usual one.
/// </summary>
public sealed class Samples
{
    private readonly double[] taken;
    private readonly double[] sorted;

    public Samples(IEnumerable<double> values)
    {
        taken = [.. values];
        if (taken.Length == 0 || !taken.All(double.IsFinite))
            throw new CourseException($"Samples must be finite numbers and at least one; got [{string.Join(", ", taken.Take(8))}].");
        sorted = [.. taken.Order()];
    }

    /// <summary>Every sample, first to last.</summary>
    public IReadOnlyList<double> Values => taken;

    public int Count => taken.Length;

    public double Minimum => sorted[0];

    public double Maximum => sorted[^1];

    public double LowerQuartile => Quantile(0.25);

    public double Median => Quantile(0.5);

    public double UpperQuartile => Quantile(0.75);

    /// <summary>The interquartile range: how wide the middle half is.</summary>
    public double Spread => UpperQuartile - LowerQuartile;

    public double Mean => taken.Average();

    /// <summary>
    /// The value below which a share <paramref name="p"/> of the samples lies, linear between neighbours (Hyndman and Fan's type 7).
    /// </summary>
    public double Quantile(double p) => Course.Charts.Quantile.Of(sorted, p);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"median {Median:G4}, quartiles {LowerQuartile:G4} … {UpperQuartile:G4}, range {Minimum:G4} … {Maximum:G4}, n = {Count}");
}

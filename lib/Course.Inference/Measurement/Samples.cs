using System.Globalization;

namespace Course.Inference.Measurement;

/// <summary>
/// Repeated measurements of one thing, in the order in which they were taken. Reported as medians and quartiles: interruptions mostly add
/// time (a warm cache or a faster clock saves some), so a few bad samples pull the mean up, but hardly move the median.
/// </summary>
public sealed class Samples
{
    private readonly double[] taken;
    private readonly double[] sorted;

    public Samples(IEnumerable<double> values)
    {
        taken = [.. values];
        if (taken.Length == 0 || !taken.All(double.IsFinite))
            throw new CourseException(
                $"Samples must be finite numbers, at least one of them; got [{string.Join(", ", taken.Take(8))}].");
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

    /// <summary>The interquartile range: the width of the middle half.</summary>
    public double Spread => UpperQuartile - LowerQuartile;

    public double Mean => taken.Average();

    /// <summary>
    /// The value below which a fraction <paramref name="p"/> of the samples lies, interpolated linearly (Hyndman and Fan's type 7).
    /// </summary>
    public double Quantile(double p) => Course.Charts.Quantile.Of(sorted, p);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"median {Median:G4}, quartiles {LowerQuartile:G4} … {UpperQuartile:G4}, range {Minimum:G4} … {Maximum:G4}, n = {Count}");
}

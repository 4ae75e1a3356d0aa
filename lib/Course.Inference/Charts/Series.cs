using Course.Inference.Measurement;

namespace Course.Inference.Charts;

/// <summary>A named line: y over x, with the middle half of the samples behind each point where there are samples.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="X">Where.</param>
/// <param name="Y">How much.</param>
/// <param name="Below">How far the lower quartile lies under y; null for none.</param>
/// <param name="Above">How far the upper quartile lies over y; null for none.</param>
public sealed record Series(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double>? Below = null, IReadOnlyList<double>? Above = null)
{
    /// <summary>Predicted or counted rather than measured: drawn dashed, without markers.</summary>
    public bool Dashed { get; init; }

    /// <summary>Medians in milliseconds, with quartiles.</summary>
    public static Series Milliseconds(string name, IEnumerable<(double X, Timing Timing)> points)
    {
        var taken = points.Select(point => (point.X, Ms: point.Timing.Seconds)).ToArray();
        return new(name,
            [.. taken.Select(point => point.X)],
            [.. taken.Select(point => 1e3 * point.Ms.Median)],
            [.. taken.Select(point => 1e3 * (point.Ms.Median - point.Ms.LowerQuartile))],
            [.. taken.Select(point => 1e3 * (point.Ms.UpperQuartile - point.Ms.Median))]);
    }
}

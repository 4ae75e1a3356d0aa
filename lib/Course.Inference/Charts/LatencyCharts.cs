using Course.Charts;
using Course.Inference.Measurement;

namespace Course.Inference.Charts;

/// <summary>
/// Charts of latency on the left axis beside another quantity on the right one, both logarithmic with decades of equal length, so that
/// equal growth looks equal.
/// </summary>
internal static class LatencyCharts
{
    /// <summary>The margin around the values: a tenth of a decade.</summary>
    private static readonly double Margin = Math.Pow(10, 0.1);

    public static Figure BesideFlops(
        string title, string x, Provenance provenance, IReadOnlyList<(double X, Timing Timing, double Flops)> points, Scale xScale)
    {
        var latency = CourseCharts.Milliseconds("latency", points.Select(point => (point.X, point.Timing)));
        var flops = new Series("FLOPs", latency.X, [.. points.Select(point => point.Flops)]) { YAxis = "y2" };
        var perMillisecond = flops.Y[0] / latency.Y[0];
        var (low, high) = Around(latency.Y.Concat(flops.Y.Select(value => value / perMillisecond)));
        return Draw(title, provenance, [latency, flops], new Axis(x, xScale),
            ("latency, ms", (low, high)), ("FLOPs", (low * perMillisecond, high * perMillisecond)));
    }

    public static Figure AndThroughput(
        string title, string x, Provenance provenance, IReadOnlyList<(double X, Timing Timing, double Tokens, double LeastSeconds)> points)
    {
        var latency = CourseCharts.Milliseconds("latency", points.Select(point => (point.X, point.Timing)));
        var least = Beside(latency, "least latency", points.Select(point => 1e3 * point.LeastSeconds), 0) with { Dashed = true };
        var rate = Beside(latency, "tokens per second", points.Select(point => point.Timing.Rate(point.Tokens)), 1, "y2");
        var best = points.Select(point => point.Tokens / point.LeastSeconds);
        var most = Beside(latency, "most tokens per second", best, 1, "y2") with { Dashed = true };
        var (left, right) = EquallyLong(Around(latency.Y.Concat(least.Y)), Around(rate.Y.Concat(most.Y)));
        return Draw(title, provenance, [latency, least, rate, most], new Axis(x, Scale.Logarithmic),
            ("latency, ms", left), ("tokens per second", right));
    }

    private static Series Beside(Series other, string name, IEnumerable<double> y, int color, string axis = "y") =>
        new(name, other.X, [.. y]) { Color = HouseStyle.ColorOf(color), YAxis = axis };

    // The right axis has no grid of its own.
    private static Figure Draw(
        string title,
        Provenance provenance,
        IReadOnlyList<Mark> marks,
        Axis x,
        (string Title, (double, double) Range) left,
        (string Title, (double, double) Range) right) =>
        new(title, provenance.ToString(), marks, new Dictionary<string, Axis>
        {
            ["x"] = x,
            ["y"] = new(left.Title, Scale.Logarithmic) { Range = left.Range },
            ["y2"] = new(right.Title, Scale.Logarithmic) { Range = right.Range, Opposite = true, HasGrid = false },
        });

    private static (double Low, double High) Around(IEnumerable<double> values)
    {
        double[] positive = [.. values.Where(value => value > 0).DefaultIfEmpty(1)];
        return (positive.Min() / Margin, positive.Max() * Margin);
    }

    // The shorter range is extended upwards.
    private static ((double Low, double High) A, (double Low, double High) B) EquallyLong(
        (double Low, double High) a, (double Low, double High) b)
    {
        var ratio = Math.Max(a.High / a.Low, b.High / b.Low);
        return ((a.Low, a.Low * ratio), (b.Low, b.Low * ratio));
    }
}

using Course.Inference.Measurement;
using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace Course.Inference.Charts;

/// <summary>The charts that lessons share, built with Plotly.NET in the house style. Each says where its figures come from.</summary>
public static class CourseCharts
{
    /// <summary>Lines with markers, and the middle half of the samples as a bar through each.</summary>
    public static Figure Lines(
        string title, string x, string y, Provenance provenance, IEnumerable<Series> series, Scale xScale = Scale.Linear, Scale yScale = Scale.Linear) =>
        Finish(title, provenance, Chart.Combine(series.Select((one, i) => Traces.Line(one, i))).Axes(x, y, xScale, yScale));

    /// <summary>One upright bar for each name.</summary>
    public static Figure Bars(string title, string y, Provenance provenance, IEnumerable<(string Name, double Value)> bars) =>
        Finish(title, provenance, Traces.Bars(bars).Axes("", y));

    /// <summary>At every name one bar of each series, side by side. Each series: its name, and a value for every name.</summary>
    public static Figure Groups(
        string title, string y, Provenance provenance, IReadOnlyList<string> names, IEnumerable<(string Series, IReadOnlyList<double> Values)> series, Scale yScale = Scale.Linear) =>
        Finish(title, provenance, Chart.Combine(series.Select((one, i) => Traces.Group(names, one.Series, one.Values, i))).Axes("", y, yScale: yScale));

    /// <summary>Every sample of several timings, as boxes: what a median leaves out.</summary>
    public static Figure Spread(string title, Provenance provenance, IEnumerable<Timing> timings, Scale scale = Scale.Linear) =>
        Finish(title, provenance, Chart.Combine(timings.Select((timing, i) => Traces.Box(timing, i))).Axes("", "ms", yScale: scale));

    /// <summary>
    /// The signature chart: what a call costs in time beside what it costs in operations. Both axes are logarithmic with equal decades,
    /// and the curves begin at one point, so that equal growth looks equal and a gap between them is a factor to explain.
    /// Each point: what varies, how long a call took, how many operations it counted.
    /// </summary>
    public static Figure LatencyBesideFlops(
        string title, string x, Provenance provenance, IEnumerable<(double X, Timing Timing, double Flops)> points, Scale xScale = Scale.Logarithmic)
    {
        var taken = points.ToArray();
        var latency = Series.Milliseconds("latency", taken.Select(point => (point.X, point.Timing)));
        var flops = new Series("FLOPs", latency.X, [.. taken.Select(point => point.Flops)]);
        var perMillisecond = flops.Y[0] / latency.Y[0];
        var range = Around(latency.Y.Concat(flops.Y.Select(value => value / perMillisecond)));
        var chart = Chart.Combine([Traces.Line(latency, 0), Traces.Line(flops, 1, axis: 2)])
            .Axes(x, "latency, ms", xScale, Scale.Logarithmic, range)
            .SecondAxis("operations, FLOP", Shifted(range, Math.Log10(perMillisecond)));
        return Finish(title, provenance, chart);
    }

    /// <summary>
    /// What a larger batch does to those who wait and to the machine: latency on the left axis, tokens per second on the right one, both logarithmic with
    /// equal decades, and dashed beside each the best that the two peaks permit.
    /// Each point: what varies, how long a call took, how many tokens came of it, and the least time for its operations and bytes.
    /// </summary>
    public static Figure LatencyAndThroughput(
        string title, string x, Provenance provenance, IEnumerable<(double X, Timing Timing, double Tokens, double LeastSeconds)> points)
    {
        var taken = points.ToArray();
        var latency = Series.Milliseconds("latency", taken.Select(point => (point.X, point.Timing)));
        var least = new Series("least latency", latency.X, [.. taken.Select(point => 1e3 * point.LeastSeconds)]) { Dashed = true };
        var rate = new Series("tokens per second", latency.X, [.. taken.Select(point => point.Timing.Rate(point.Tokens))]);
        var most = new Series("most tokens per second", latency.X, [.. taken.Select(point => point.Tokens / point.LeastSeconds)]) { Dashed = true };
        var (left, right) = EquallyLong(Around(latency.Y.Concat(least.Y)), Around(rate.Y.Concat(most.Y)));
        var chart = Chart.Combine([Traces.Line(latency, 0), Traces.Line(least, 0), Traces.Line(rate, 1, axis: 2), Traces.Line(most, 1, axis: 2)])
            .Axes(x, "latency, ms", Scale.Logarithmic, Scale.Logarithmic, left)
            .SecondAxis("tokens per second", right);
        return Finish(title, provenance, chart);
    }

    /// <summary>At every x one bar on top of the other, the first series at the bottom.</summary>
    public static Figure Stacked(string title, string x, string y, Provenance provenance, IEnumerable<Series> series) =>
        Finish(title, provenance, Chart.Combine(series.Select((one, i) => Traces.Column(one.X, one.Name, one.Y, i))).Axes(x, y));

    /// <summary>At every name one bar on top of the other, the first series at the bottom. Each series: its name, and a value for every name.</summary>
    public static Figure Piles(
        string title, string y, Provenance provenance, IReadOnlyList<string> names, IEnumerable<(string Series, IReadOnlyList<double> Values)> series) =>
        Finish(title, provenance, Chart.Combine(series.Select((one, i) => Traces.Column(names, one.Series, one.Values, i))).Axes("", y));

    /// <summary>A matrix as coloured cells, its first row on top.</summary>
    public static Figure Cells(string title, string x, string y, Provenance provenance, IReadOnlyList<IReadOnlyList<double>> cells) =>
        Finish(title, provenance, Traces.Cells(cells).Axes(x, y));

    /// <summary>The roofs of a machine, and under them what computations reached.</summary>
    public static Figure Roofline(string title, Roofline roofline, Provenance provenance, IEnumerable<RooflinePoint> points)
    {
        var taken = points.ToArray();
        var from = Math.Min(0.1, taken.Select(point => point.Intensity / 2).DefaultIfEmpty(1).Min());
        var to = Math.Max(20 * roofline.Ridge, taken.Select(point => point.Intensity * 2).DefaultIfEmpty(1).Max());
        var memory = new Series($"memory: {Quantity.BytesPerSecond(roofline.BytesPerSecond)}", [from, roofline.Ridge], [roofline.Attainable(from), roofline.FlopsPerSecond]);
        var arithmetic = new Series($"arithmetic: {Quantity.FlopsPerSecond(roofline.FlopsPerSecond)}", [roofline.Ridge, to], [roofline.FlopsPerSecond, roofline.FlopsPerSecond]);
        var chart = Chart.Combine([Traces.Roof(memory, StyleParam.DrawingStyle.Solid), Traces.Roof(arithmetic, StyleParam.DrawingStyle.Dash), .. taken.Select(Traces.Point)])
            .Axes("arithmetic intensity, FLOP per byte", "FLOP/s", Scale.Logarithmic, Scale.Logarithmic);
        return Finish(title, provenance, chart);
    }

    private static Figure Finish(string title, Provenance provenance, GenericChart chart) => Figure.From(chart).Titled(title, provenance);

    // In exponents of ten, with a little air.
    private static (double Low, double High) Around(IEnumerable<double> values)
    {
        var exponents = values.Select(Math.Log10).ToArray();
        return (exponents.Min() - 0.1, exponents.Max() + 0.1);
    }

    // The shorter one grows upwards.
    private static ((double Low, double High) A, (double Low, double High) B) EquallyLong((double Low, double High) a, (double Low, double High) b)
    {
        var length = Math.Max(a.High - a.Low, b.High - b.Low);
        return ((a.Low, a.Low + length), (b.Low, b.Low + length));
    }

    private static (double Low, double High) Shifted((double Low, double High) range, double by) => (range.Low + by, range.High + by);
}

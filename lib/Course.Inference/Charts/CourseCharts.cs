using Course.Charts;
using Course.Inference.Measurement;

namespace Course.Inference.Charts;

/// <summary>The charts that lessons share, in the house style. Each says where its figures come from.</summary>
public static class CourseCharts
{
    /// <summary>A tenth of a decade, as air around values on a logarithmic axis.</summary>
    private static readonly double Air = Math.Pow(10, 0.1);

    /// <summary>Of one size up to the palette's end; then the next one.</summary>
    private static readonly Symbol[] Symbols = [Symbol.Circle, Symbol.Square, Symbol.Diamond];

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

    /// <summary>The same chart under another title, and where its figures come from.</summary>
    public static Figure Titled(this Figure figure, string title, Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Titled(title, provenance.ToString());
    }

    /// <summary>Lines with symbols, and the middle half of the samples as a bar through each.</summary>
    public static Figure Lines(
        string title, string x, string y, Provenance provenance, IEnumerable<Series> series, Scale xScale = Scale.Linear, Scale yScale = Scale.Linear) =>
        new(title, provenance.ToString(), [.. series], new Axis(x, xScale), new Axis(y, yScale));

    /// <summary>One upright bar for each name.</summary>
    public static Figure Bars(string title, string y, Provenance provenance, IEnumerable<(string Name, double Value)> bars)
    {
        var taken = bars.ToArray();
        string[] colors = [.. taken.Select((_, i) => HouseStyle.ColorOf(i))];
        return AtNames(title, y, provenance, [.. taken.Select(bar => bar.Name)],
            places => [new Bars(null, places, [.. taken.Select(bar => bar.Value)]) { Colors = colors }]);
    }

    /// <summary>At every name one bar of each series, side by side. Each series: its name, and a value for every name.</summary>
    public static Figure Groups(
        string title, string y, Provenance provenance, IReadOnlyList<string> names, IEnumerable<(string Series, IReadOnlyList<double> Values)> series,
        Scale yScale = Scale.Linear) =>
        AtNames(title, y, provenance, names, places => [.. series.Select(one => new Bars(one.Series, places, one.Values))], yScale);

    /// <summary>At every name one bar on top of the other, the first series at the bottom. Each series: its name, and a value for every name.</summary>
    public static Figure Piles(
        string title, string y, Provenance provenance, IReadOnlyList<string> names, IEnumerable<(string Series, IReadOnlyList<double> Values)> series) =>
        Groups(title, y, provenance, names, series) with { Stacked = true };

    /// <summary>At every x one bar on top of the other, the first series at the bottom.</summary>
    public static Figure Stacked(string title, string x, string y, Provenance provenance, IEnumerable<Series> series) =>
        new(title, provenance.ToString(), [.. series.Select(one => new Bars(one.Name, one.X, one.Y))], new Axis(x), new Axis(y)) { Stacked = true };

    /// <summary>Every sample of several timings, as boxes: what a median leaves out.</summary>
    public static Figure Spread(string title, Provenance provenance, IEnumerable<Timing> timings, Scale scale = Scale.Linear)
    {
        var taken = timings.ToArray();
        return AtNames(title, "ms", provenance, [.. taken.Select(timing => timing.Name)],
            places => [.. taken.Select((timing, i) => new Box(timing.Name, places[i], [.. timing.Seconds.Values.Select(s => 1e3 * s)]) { InLegend = false })],
            scale);
    }

    /// <summary>
    /// The signature chart: what a call costs in time beside what it costs in operations. Both axes are logarithmic with equal decades,
    /// and the curves begin at one point, so that equal growth looks equal and a gap between them is a factor to explain.
    /// Each point: what varies, how long a call took, how many operations it counted.
    /// </summary>
    public static Figure LatencyBesideFlops(
        string title, string x, Provenance provenance, IEnumerable<(double X, Timing Timing, double Flops)> points, Scale xScale = Scale.Logarithmic)
    {
        var taken = points.ToArray();
        var latency = Milliseconds("latency", taken.Select(point => (point.X, point.Timing)));
        var flops = new Series("FLOPs", latency.X, [.. taken.Select(point => point.Flops)]) { YAxis = "y2" };
        var perMillisecond = flops.Y[0] / latency.Y[0];
        var (low, high) = Around(latency.Y.Concat(flops.Y.Select(value => value / perMillisecond)));
        return TwoAxes(title, provenance, [latency, flops], new Axis(x, xScale),
            ("latency, ms", (low, high)), ("operations, FLOP", (low * perMillisecond, high * perMillisecond)));
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
        var latency = Milliseconds("latency", taken.Select(point => (point.X, point.Timing))) with { Color = HouseStyle.ColorOf(0) };
        var rate = new Series("tokens per second", latency.X, [.. taken.Select(point => point.Timing.Rate(point.Tokens))])
        {
            Color = HouseStyle.ColorOf(1),
            YAxis = "y2",
        };
        var least = latency with { Name = "least latency", Y = [.. taken.Select(point => 1e3 * point.LeastSeconds)], Below = null, Above = null, Dashed = true };
        var most = rate with { Name = "most tokens per second", Y = [.. taken.Select(point => point.Tokens / point.LeastSeconds)], Dashed = true };
        var (left, right) = EquallyLong(Around(latency.Y.Concat(least.Y)), Around(rate.Y.Concat(most.Y)));
        return TwoAxes(title, provenance, [latency, least, rate, most], new Axis(x, Scale.Logarithmic), ("latency, ms", left), ("tokens per second", right));
    }

    /// <summary>A matrix as colored cells, its first row on top.</summary>
    public static Figure Cells(string title, string x, string y, Provenance provenance, IReadOnlyList<IReadOnlyList<double>> cells) =>
        new(title, provenance.ToString(), [new Cells(null, cells)], new Axis(x), new Axis(y) { Reversed = true });

    /// <summary>The roofs of a machine, and under them what computations reached.</summary>
    public static Figure Roofline(string title, Roofline roofline, Provenance provenance, IEnumerable<RooflinePoint> points)
    {
        var taken = points.ToArray();
        var from = Math.Min(0.1, taken.Select(point => point.Intensity / 2).DefaultIfEmpty(1).Min());
        var to = Math.Max(20 * roofline.Ridge, taken.Select(point => point.Intensity * 2).DefaultIfEmpty(1).Max());
        var memory = Roof($"memory: {Quantity.BytesPerSecond(roofline.BytesPerSecond)}",
            [from, roofline.Ridge], [roofline.Attainable(from), roofline.FlopsPerSecond]);
        var arithmetic = Roof($"arithmetic: {Quantity.FlopsPerSecond(roofline.FlopsPerSecond)}",
            [roofline.Ridge, to], [roofline.FlopsPerSecond, roofline.FlopsPerSecond]) with { Stroke = Stroke.Dash };
        return new(title, provenance.ToString(), [memory, arithmetic, .. taken.Select(Point)],
            new Axis("arithmetic intensity, FLOP per byte", Scale.Logarithmic), new Axis("FLOP/s", Scale.Logarithmic));
    }

    private static Series Roof(string name, double[] x, double[] y) => new(name, x, y) { Color = HouseStyle.Ink, Width = 3, Symbol = Symbol.None };

    private static Series Point(RooflinePoint point, int index) => new(point.Name, [point.Intensity], [point.FlopsPerSecond])
    {
        Color = HouseStyle.ColorOf(index),
        Stroke = Stroke.None,
        Symbol = Symbols[index / HouseStyle.Palette.Count % Symbols.Length],
        SymbolSize = 12,
    };

    // Equal names are one place.
    private static Figure AtNames(
        string title, string y, Provenance provenance, IReadOnlyList<string> names, Func<double[], IReadOnlyList<Mark>> marks, Scale yScale = Scale.Linear)
    {
        string[] distinct = [.. names.Distinct()];
        double[] places = [.. names.Select(name => (double)Array.IndexOf(distinct, name))];
        return new(title, provenance.ToString(), marks(places), new Axis { Names = distinct }, new Axis(y, yScale));
    }

    // The right one without a grid of its own.
    private static Figure TwoAxes(
        string title, Provenance provenance, IReadOnlyList<Mark> marks, Axis x, (string Title, (double, double) Range) left, (string Title, (double, double) Range) right) =>
        new(title, provenance.ToString(), marks, new Dictionary<string, Axis>
        {
            ["x"] = x,
            ["y"] = new(left.Title, Scale.Logarithmic) { Range = left.Range },
            ["y2"] = new(right.Title, Scale.Logarithmic) { Range = right.Range, Opposite = true, HasGrid = false },
        });

    private static (double Low, double High) Around(IEnumerable<double> values)
    {
        var positive = values.Where(value => value > 0).DefaultIfEmpty(1).ToArray();
        return (positive.Min() / Air, positive.Max() * Air);
    }

    // The shorter one grows upwards.
    private static ((double Low, double High) A, (double Low, double High) B) EquallyLong((double Low, double High) a, (double Low, double High) b)
    {
        var ratio = Math.Max(a.High / a.Low, b.High / b.Low);
        return ((a.Low, a.Low * ratio), (b.Low, b.Low * ratio));
    }
}

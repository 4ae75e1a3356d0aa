using Course.Charts;
using Course.Inference.Measurement;

namespace Course.Inference.Charts;

/// <summary>The charts that the lessons share, in the house style. Each shows the provenance of its figures.</summary>
public static class CourseCharts
{
    /// <summary>A series of medians in milliseconds, with quartiles as error bars.</summary>
    public static Series Milliseconds(string name, IEnumerable<(double X, Timing Timing)> points)
    {
        var taken = points.Select(point => (point.X, Ms: point.Timing.Seconds)).ToArray();
        return new(name,
            [.. taken.Select(point => point.X)],
            [.. taken.Select(point => 1e3 * point.Ms.Median)],
            [.. taken.Select(point => 1e3 * (point.Ms.Median - point.Ms.LowerQuartile))],
            [.. taken.Select(point => 1e3 * (point.Ms.UpperQuartile - point.Ms.Median))]);
    }

    /// <summary>The same chart with another title and provenance.</summary>
    public static Figure Titled(this Figure figure, string title, Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Titled(title, provenance.ToString());
    }

    /// <summary>Lines with symbols, and bars for the middle half of the samples.</summary>
    public static Figure Lines(
        string title,
        string x,
        string y,
        Provenance provenance,
        IEnumerable<Series> series,
        Scale xScale = Scale.Linear,
        Scale yScale = Scale.Linear) =>
        new(title, provenance.ToString(), [.. series], new Axis(x, xScale), new Axis(y, yScale));

    /// <summary>One vertical bar per name.</summary>
    public static Figure Bars(string title, string y, Provenance provenance, IEnumerable<(string Name, double Value)> bars)
    {
        var taken = bars.ToArray();
        string[] colors = [.. taken.Select((_, i) => HouseStyle.ColorOf(i))];
        return AtNames(title, y, provenance, [.. taken.Select(bar => bar.Name)],
            at => [new Bars(null, at, [.. taken.Select(bar => bar.Value)]) { Colors = colors }]);
    }

    /// <summary>For every name one bar of each series, side by side.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="y">What the bars measure.</param>
    /// <param name="provenance">Where the figures come from.</param>
    /// <param name="names">The names, in order.</param>
    /// <param name="series">Each series with its name and one value per name.</param>
    /// <param name="yScale">The scale of the vertical axis.</param>
    public static Figure Groups(
        string title,
        string y,
        Provenance provenance,
        IReadOnlyList<string> names,
        IEnumerable<(string Series, IReadOnlyList<double> Values)> series,
        Scale yScale = Scale.Linear) =>
        AtNames(title, y, provenance, names, at => [.. series.Select(one => new Bars(one.Series, at, one.Values))], yScale);

    /// <summary>Like <see cref="Groups"/>, but with the bars on top of each other, the first series at the bottom.</summary>
    public static Figure StackedGroups(
        string title,
        string y,
        Provenance provenance,
        IReadOnlyList<string> names,
        IEnumerable<(string Series, IReadOnlyList<double> Values)> series) =>
        Groups(title, y, provenance, names, series) with { Stacked = true };

    /// <summary>At every x the bars of all series on top of each other, the first series at the bottom.</summary>
    public static Figure Stacked(string title, string x, string y, Provenance provenance, IEnumerable<Series> series)
    {
        var bars = series.Select(one => new Bars(one.Name, one.X, one.Y));
        return new(title, provenance.ToString(), [.. bars], new Axis(x), new Axis(y)) { Stacked = true };
    }

    /// <summary>Box plots of several timings, which show the spread that a median hides.</summary>
    public static Figure Spread(string title, Provenance provenance, IEnumerable<Timing> timings, Scale scale = Scale.Linear)
    {
        var taken = timings.ToArray();
        Box Box(Timing timing, double at) =>
            new(timing.Name, at, [.. timing.Seconds.Values.Select(seconds => 1e3 * seconds)]) { InLegend = false };
        return AtNames(title, "ms", provenance, [.. taken.Select(timing => timing.Name)], at => [.. taken.Zip(at, Box)], scale);
    }

    /// <summary>
    /// The signature chart: the latency of a call beside its FLOPs. Both axes are logarithmic with decades of equal length, and the curves
    /// start at the same point, so that equal growth looks equal and a gap between the curves is a factor to explain.
    /// </summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="x">What varies.</param>
    /// <param name="provenance">Where the figures come from.</param>
    /// <param name="points">The value of x, the timing of a call, and its FLOPs.</param>
    /// <param name="xScale">The scale of the horizontal axis.</param>
    public static Figure LatencyBesideFlops(
        string title,
        string x,
        Provenance provenance,
        IEnumerable<(double X, Timing Timing, double Flops)> points,
        Scale xScale = Scale.Logarithmic) =>
        LatencyCharts.BesideFlops(title, x, provenance, [.. points], xScale);

    /// <summary>
    /// What a larger batch does to the users' waiting time and to the machine's output: latency on the left axis, tokens per second on the
    /// right one, both logarithmic with decades of equal length. A dashed line shows the best value that the machine's peaks permit.
    /// </summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="x">What varies.</param>
    /// <param name="provenance">Where the figures come from.</param>
    /// <param name="points">
    /// The value of x, the timing of a call, the number of tokens it yields, and the least time for its FLOPs and bytes in seconds.
    /// </param>
    public static Figure LatencyAndThroughput(
        string title,
        string x,
        Provenance provenance,
        IEnumerable<(double X, Timing Timing, double Tokens, double LeastSeconds)> points) =>
        LatencyCharts.AndThroughput(title, x, provenance, [.. points]);

    /// <summary>A matrix as coloured cells, with its first row on top.</summary>
    public static Figure Cells(string title, string x, string y, Provenance provenance, IReadOnlyList<IReadOnlyList<double>> cells) =>
        new(title, provenance.ToString(), [new Heatmap(null, cells)], new Axis(x), new Axis(y) { Reversed = true });

    /// <summary>The roofline of a machine, and the performance that computations reached.</summary>
    public static Figure Roofline(string title, Roofline roofline, Provenance provenance, IEnumerable<RooflinePoint> points) =>
        RooflineChart.Draw(title, roofline, provenance, [.. points]);

    // Equal names share one position on the axis.
    private static Figure AtNames(
        string title,
        string y,
        Provenance provenance,
        IReadOnlyList<string> names,
        Func<double[], IReadOnlyList<Mark>> marks,
        Scale yScale = Scale.Linear)
    {
        string[] distinct = [.. names.Distinct()];
        double[] at = [.. names.Select(name => (double)Array.IndexOf(distinct, name))];
        return new(title, provenance.ToString(), marks(at), new Axis { Names = distinct }, new Axis(y, yScale));
    }
}

using Course.Charts;
using Course.Inference.Measurement;

namespace Course.Inference.Charts;

/// <summary>The charts that lessons share, in the house style. Each says where its figures come from.</summary>
public static class CourseCharts
{
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
        string title,
        string x,
        string y,
        Provenance provenance,
        IEnumerable<Series> series,
        Scale xScale = Scale.Linear,
        Scale yScale = Scale.Linear) =>
        new(title, provenance.ToString(), [.. series], new Axis(x, xScale), new Axis(y, yScale));

    /// <summary>One upright bar for each name.</summary>
    public static Figure Bars(string title, string y, Provenance provenance, IEnumerable<(string Name, double Value)> bars)
    {
        var taken = bars.ToArray();
        string[] colors = [.. taken.Select((_, i) => HouseStyle.ColorOf(i))];
        return AtNames(title, y, provenance, [.. taken.Select(bar => bar.Name)],
            places => [new Bars(null, places, [.. taken.Select(bar => bar.Value)]) { Colors = colors }]);
    }

    /// <summary>At every name one bar of each series, side by side.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="y">What the bars measure.</param>
    /// <param name="provenance">Where the figures come from.</param>
    /// <param name="names">In order.</param>
    /// <param name="series">Each with its name, and a value for every one of the names.</param>
    /// <param name="yScale">How the bars' axis is divided.</param>
    public static Figure Groups(
        string title,
        string y,
        Provenance provenance,
        IReadOnlyList<string> names,
        IEnumerable<(string Series, IReadOnlyList<double> Values)> series,
        Scale yScale = Scale.Linear) =>
        AtNames(title, y, provenance, names, places => [.. series.Select(one => new Bars(one.Series, places, one.Values))], yScale);

    /// <summary>As <see cref="Groups"/>, with the bars on top of each other, the first series at the bottom.</summary>
    public static Figure Piles(
        string title,
        string y,
        Provenance provenance,
        IReadOnlyList<string> names,
        IEnumerable<(string Series, IReadOnlyList<double> Values)> series) =>
        Groups(title, y, provenance, names, series) with { Stacked = true };

    /// <summary>At every x one bar on top of the other, the first series at the bottom.</summary>
    public static Figure Stacked(string title, string x, string y, Provenance provenance, IEnumerable<Series> series)
    {
        var bars = series.Select(one => new Bars(one.Name, one.X, one.Y));
        return new(title, provenance.ToString(), [.. bars], new Axis(x), new Axis(y)) { Stacked = true };
    }

    /// <summary>Every sample of several timings, as boxes: what a median leaves out.</summary>
    public static Figure Spread(string title, Provenance provenance, IEnumerable<Timing> timings, Scale scale = Scale.Linear)
    {
        var taken = timings.ToArray();
        Box Box(Timing timing, double place) =>
            new(timing.Name, place, [.. timing.Seconds.Values.Select(seconds => 1e3 * seconds)]) { InLegend = false };
        return AtNames(title, "ms", provenance, [.. taken.Select(timing => timing.Name)], places => [.. taken.Zip(places, Box)], scale);
    }

    /// <summary>
    /// The signature chart: what a call costs in time beside what it costs in operations. Both axes are logarithmic with equal decades,
    /// and the curves begin at one point, so that equal growth looks equal and a gap between them is a factor to explain.
    /// </summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="x">What varies.</param>
    /// <param name="provenance">Where the figures come from.</param>
    /// <param name="points">What varies, how long a call took, how many operations it counted.</param>
    /// <param name="xScale">How the horizontal axis is divided.</param>
    public static Figure LatencyBesideFlops(
        string title,
        string x,
        Provenance provenance,
        IEnumerable<(double X, Timing Timing, double Flops)> points,
        Scale xScale = Scale.Logarithmic) =>
        LatencyCharts.BesideFlops(title, x, provenance, [.. points], xScale);

    /// <summary>
    /// What a larger batch does to those who wait and to the machine: latency on the left axis, tokens per second on the right one, both
    /// logarithmic with equal decades, and dashed beside each the best that the two peaks permit.
    /// </summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="x">What varies.</param>
    /// <param name="provenance">Where the figures come from.</param>
    /// <param name="points">
    /// What varies, how long a call took, how many tokens came of it, and the least time for its operations and bytes.
    /// </param>
    public static Figure LatencyAndThroughput(
        string title,
        string x,
        Provenance provenance,
        IEnumerable<(double X, Timing Timing, double Tokens, double LeastSeconds)> points) =>
        LatencyCharts.AndThroughput(title, x, provenance, [.. points]);

    /// <summary>A matrix as colored cells, its first row on top.</summary>
    public static Figure Cells(string title, string x, string y, Provenance provenance, IReadOnlyList<IReadOnlyList<double>> cells) =>
        new(title, provenance.ToString(), [new Cells(null, cells)], new Axis(x), new Axis(y) { Reversed = true });

    /// <summary>The roofs of a machine, and under them what computations reached.</summary>
    public static Figure Roofline(string title, Roofline roofline, Provenance provenance, IEnumerable<RooflinePoint> points) =>
        RooflineChart.Draw(title, roofline, provenance, [.. points]);

    // Equal names are one place.
    private static Figure AtNames(
        string title,
        string y,
        Provenance provenance,
        IReadOnlyList<string> names,
        Func<double[], IReadOnlyList<Mark>> marks,
        Scale yScale = Scale.Linear)
    {
        string[] distinct = [.. names.Distinct()];
        double[] places = [.. names.Select(name => (double)Array.IndexOf(distinct, name))];
        return new(title, provenance.ToString(), marks(places), new Axis { Names = distinct }, new Axis(y, yScale));
    }
}

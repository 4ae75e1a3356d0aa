using Course.Inference.Measurement;
using Plotly.NET;
using Plotly.NET.CSharp;
using Chart = Plotly.NET.CSharp.Chart;

namespace Course.Inference.Charts;

/// <summary>Plotly.NET's traces as the course's charts use them.</summary>
internal static class Traces
{
    /// <summary>The next one for every time that the palette is used up.</summary>
    private static readonly string[] Symbols = ["circle", "square", "diamond"];

    public static GenericChart Line(Series series, int index, int axis = 1)
    {
        var chart = Chart.Line<double, double, string>(
            series.X, series.Y, ShowMarkers: !series.Dashed, Name: series.Name, LineColor: Colour(index), LineWidth: 2.5,
            LineDash: series.Dashed ? StyleParam.DrawingStyle.Dash : StyleParam.DrawingStyle.Solid, UseDefaults: false);
        var trace = chart.GetTraces().Single();
        if (axis > 1)
            trace.SetProperty("yaxis", $"y{axis}");
        if (series is { Below: not null, Above: not null })
            trace.SetProperty("error_y", Properties(
                ("type", "data"), ("symmetric", false), ("array", series.Above), ("arrayminus", series.Below), ("thickness", 1.5)));
        return chart;
    }

    public static GenericChart Roof(Series roof, StyleParam.DrawingStyle dash) => Chart.Line<double, double, string>(
        roof.X, roof.Y, ShowMarkers: false, Name: roof.Name, LineColor: Color.fromHex(HouseStyle.Ink), LineDash: dash, LineWidth: 3, UseDefaults: false);

    public static GenericChart Point(RooflinePoint point, int index)
    {
        var chart = Chart.Scatter<double, double, string>(
            [point.Intensity], [point.FlopsPerSecond], StyleParam.Mode.Markers, Name: point.Name, UseDefaults: false);
        var (round, place) = Math.DivRem(index, HouseStyle.Palette.Count);
        chart.GetTraces().Single().SetProperty(
            "marker", Properties(("size", 12), ("color", HouseStyle.Palette[place]), ("symbol", Symbols[round % Symbols.Length])));
        return chart;
    }

    public static GenericChart Bars(IEnumerable<(string Name, double Value)> bars)
    {
        var taken = bars.ToArray();
        return Chart.Column<double, string, string>(
            taken.Select(bar => bar.Value), Keys: Some(taken.Select(bar => bar.Name)),
            MarkerColor: Color.fromColors(taken.Select((_, i) => Colour(i))), UseDefaults: false);
    }

    public static GenericChart Group(IReadOnlyList<string> names, string series, IReadOnlyList<double> values, int index) => Chart.Column<double, string, string>(
        values, Keys: Some<string>(names), Name: series, MarkerColor: Colour(index), UseDefaults: false);

    public static GenericChart Column<T>(IReadOnlyList<T> places, string series, IReadOnlyList<double> values, int index) where T : IConvertible =>
        Chart.StackedColumn<double, T, string>(values, Keys: Some<T>(places), Name: series, MarkerColor: Colour(index), UseDefaults: false);

    public static GenericChart Cells(IReadOnlyList<IReadOnlyList<double>> cells) => Chart.Heatmap<double, int, int, string>(
        cells, ShowScale: false, XGap: 1, YGap: 1, ReverseYAxis: true, UseDefaults: false);

    public static GenericChart Box(Timing timing, int index) => Chart.BoxPlot<double, double, string>(
        Y: Some(timing.Seconds.Values.Select(seconds => 1e3 * seconds)), Name: timing.Name, ShowLegend: false, MarkerColor: Colour(index), UseDefaults: false);

    public static GenericChart Axes(
        this GenericChart chart, string x, string y, Scale xScale = Scale.Linear, Scale yScale = Scale.Linear, (double Low, double High)? yRange = null) => chart
        .WithXAxisStyle<double, double, string>(TitleText: x, AxisType: Kind(xScale))
        .WithYAxisStyle<double, double, string>(TitleText: y, AxisType: Kind(yScale), MinMax: Range(yRange));

    /// <summary>A logarithmic axis on the right, without a grid of its own.</summary>
    public static GenericChart SecondAxis(this GenericChart chart, string title, (double Low, double High) range) => chart.WithYAxisStyle<double, double, string>(
        TitleText: title, AxisType: StyleParam.AxisType.Log, MinMax: Range(range), ShowGrid: false,
        Overlaying: StyleParam.LinearAxisId.NewY(1), Side: StyleParam.Side.Right, Id: StyleParam.SubPlotId.NewYAxis(2));

    // Plotly.NET's own constructors of these take every argument at once from C#.
    private static DynamicObj.DynamicObj Properties(params ReadOnlySpan<(string Name, object Value)> properties)
    {
        var result = new DynamicObj.DynamicObj();
        foreach (var (name, value) in properties)
            result.SetProperty(name, value);
        return result;
    }

    private static Color Colour(int index) => Color.fromHex(HouseStyle.Palette[index % HouseStyle.Palette.Count]);

    private static Optional<StyleParam.AxisType> Kind(Scale scale) =>
        scale == Scale.Logarithmic ? new(StyleParam.AxisType.Log, true) : default;

    private static Optional<Tuple<double, double>> Range((double Low, double High)? range) =>
        range is { } given ? new(Tuple.Create(given.Low, given.High), true) : default;

    private static Optional<IEnumerable<T>> Some<T>(IEnumerable<T> values) => new(values, true);
}

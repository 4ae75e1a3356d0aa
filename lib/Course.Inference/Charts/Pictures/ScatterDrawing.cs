using System.Text.Json.Nodes;
using OxyPlot;
using OxyPlot.Series;

namespace Course.Inference.Charts.Pictures;

/// <summary>Lines, markers, texts and error bars.</summary>
internal static class ScatterDrawing
{
    private const int MarkersUpTo = 20; // Plotly's own default: fewer points than this are marked.

    public static void Draw(PictureCanvas canvas, JsonObject trace, int index)
    {
        var y = canvas.Positions(trace, "y", 0);
        var x = canvas.Positions(trace, "x", y.Length);
        var keys = (X: canvas.AxisOf(trace, "x").Key, Y: canvas.AxisOf(trace, "y").Key);
        var colour = Colour(trace, index);
        var points = x.Zip(y, (a, b) => new DataPoint(a, b)).ToArray();
        var mode = trace.Text("mode") ?? (points.Length < MarkersUpTo ? "lines+markers" : "lines");
        ErrorBars(canvas, trace, points, keys, colour);
        if (mode.Contains("lines", StringComparison.Ordinal) || mode.Contains("markers", StringComparison.Ordinal))
            canvas.Model.Series.Add(Line(trace, mode, points, keys, colour));
        if (mode.Contains("text", StringComparison.Ordinal))
            Texts(canvas, trace, points, keys);
    }

    public static OxyColor Colour(JsonObject trace, int index) =>
        PlotlyColour.Read(trace.Text("line", "color") ?? trace.Text("marker", "color"), PlotlyColour.OfSeries(index));

    private static LineSeries Line(JsonObject trace, string mode, DataPoint[] points, (string X, string Y) keys, OxyColor colour)
    {
        var series = new LineSeries
        {
            Title = trace.Text("name") is { } name ? PlainText.Of(name) : null,
            RenderInLegend = trace["showlegend"]?.GetValue<bool>() ?? true,
            XAxisKey = keys.X,
            YAxisKey = keys.Y,
            Color = colour,
            StrokeThickness = trace.Number("line", "width") ?? 2,
            LineStyle = mode.Contains("lines", StringComparison.Ordinal) ? Dash(trace.Text("line", "dash")) : LineStyle.None,
            MarkerType = mode.Contains("markers", StringComparison.Ordinal) ? Marker(trace.Text("marker", "symbol")) : MarkerType.None,
            MarkerFill = PlotlyColour.Read(trace.Text("marker", "color"), colour),
            MarkerSize = (trace.Number("marker", "size") ?? 8) / 2,
        };
        series.Points.AddRange(points);
        return series;
    }

    private static void ErrorBars(PictureCanvas canvas, JsonObject trace, DataPoint[] points, (string X, string Y) keys, OxyColor colour)
    {
        var up = trace.Numbers("error_y", "array");
        var down = trace.Numbers("error_y", "arrayminus") is { Length: > 0 } own ? own : up;
        if (up.Length == 0)
            return;
        var bars = new LineSeries { XAxisKey = keys.X, YAxisKey = keys.Y, Color = OxyColor.FromAColor(150, colour), StrokeThickness = 1.5, RenderInLegend = false };
        foreach (var (i, point) in points.Index().Take(Math.Min(up.Length, down.Length)))
            bars.Points.AddRange([new(point.X, point.Y - down[i]), new(point.X, point.Y + up[i]), DataPoint.Undefined]);
        canvas.Model.Series.Add(bars);
    }

    private static void Texts(PictureCanvas canvas, JsonObject trace, DataPoint[] points, (string X, string Y) keys)
    {
        var texts = trace.Texts("text");
        var place = trace.Text("textposition") ?? "top center";
        foreach (var (point, text) in points.Zip(texts))
            canvas.Label(text, point.X, point.Y, keys, Across(place), Along(place), PlotlyColour.Read(trace.Text("textfont", "color"), PlotlyColour.Ink));
    }

    // Plotly names the side where the text stands, OxyPlot the side of the text that touches the point.
    private static HorizontalAlignment Across(string place) =>
        place.EndsWith("left", StringComparison.Ordinal) ? HorizontalAlignment.Right
        : place.EndsWith("right", StringComparison.Ordinal) ? HorizontalAlignment.Left : HorizontalAlignment.Center;

    private static VerticalAlignment Along(string place) =>
        place.StartsWith("top", StringComparison.Ordinal) ? VerticalAlignment.Bottom
        : place.StartsWith("bottom", StringComparison.Ordinal) ? VerticalAlignment.Top : VerticalAlignment.Middle;

    private static LineStyle Dash(string? dash) => dash switch
    {
        "dot" => LineStyle.Dot,
        "dash" => LineStyle.Dash,
        "longdash" => LineStyle.LongDash,
        "dashdot" => LineStyle.DashDot,
        _ => LineStyle.Solid,
    };

    // Plotly numbers its symbols and names them; Plotly.NET writes numbers.
    private static MarkerType Marker(string? symbol) => symbol switch
    {
        "1" or "square" => MarkerType.Square,
        "2" or "diamond" => MarkerType.Diamond,
        "5" or "triangle-up" => MarkerType.Triangle,
        _ => MarkerType.Circle,
    };
}

using System.Text.Json.Nodes;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Course.Inference.Charts.Pictures;

/// <summary>Points in three dimensions, seen from above: z is their colour, with a scale beside.</summary>
internal static class SceneDrawing
{
    public static void Draw(PictureCanvas canvas, JsonObject trace, int index)
    {
        var (x, y, z) = (canvas.Positions(trace, "x", 0), canvas.Positions(trace, "y", 0), trace.Numbers("z"));
        var scale = new LinearColorAxis
        {
            Key = $"scale{index}",
            Position = AxisPosition.Right,
            Palette = OxyPalettes.Viridis(64),
            TextColor = PlotlyColour.Ink,
            LabelFormatter = PictureAxis.Tick,
            Title = PlainText.Of(canvas.Figure.Layout.Text("scene", "zaxis", "title", "text")),
            TitleColor = PlotlyColour.Ink,
        };
        canvas.Model.Axes.Add(scale);
        if (trace.Text("mode")?.Contains("lines", StringComparison.Ordinal) == true)
            canvas.Model.Series.Add(Path(canvas, trace, index, x.Zip(y, (a, b) => new DataPoint(a, b))));
        var points = new ScatterSeries
        {
            Title = trace.Text("name") is { } name ? PlainText.Of(name) : null,
            XAxisKey = canvas.AxisOf(trace, "x").Key,
            YAxisKey = canvas.AxisOf(trace, "y").Key,
            ColorAxisKey = scale.Key,
            MarkerType = MarkerType.Circle,
            MarkerSize = (trace.Number("marker", "size") ?? 8) / 2,
        };
        points.Points.AddRange(x.Zip(y, z).Select(point => new ScatterPoint(point.First, point.Second, value: point.Third)));
        canvas.Model.Series.Add(points);
    }

    private static LineSeries Path(PictureCanvas canvas, JsonObject trace, int index, IEnumerable<DataPoint> points)
    {
        var path = new LineSeries
        {
            XAxisKey = canvas.AxisOf(trace, "x").Key,
            YAxisKey = canvas.AxisOf(trace, "y").Key,
            Color = OxyColor.FromAColor(150, ScatterDrawing.Colour(trace, index)),
            StrokeThickness = 1.5,
            RenderInLegend = false,
        };
        path.Points.AddRange(points);
        return path;
    }
}

using System.Text.Json.Nodes;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Course.Inference.Charts.Pictures;

/// <summary>Bars, upright or lying, side by side or stacked.</summary>
internal static class BarDrawing
{
    private const double Filled = 0.7; // of the room between two places

    public static void Draw(PictureCanvas canvas, JsonObject trace, int index)
    {
        var lying = trace.Text("orientation") == "h";
        var (place, length) = lying ? ("y", "x") : ("x", "y");
        var values = trace.Numbers(length);
        var places = canvas.Positions(trace, place, values.Length);
        var series = Series(canvas, trace, index);
        var (from, width) = Slot(canvas.Figure, trace, places);
        var floors = Floors(canvas, trace, length, values.Length);
        for (var i = 0; i < Math.Min(values.Length, places.Length); i++)
        {
            var start = places[i] + from;
            series.Items.Add(lying
                ? new RectangleBarItem(floors[i], start, floors[i] + values[i], start + width) { Color = Colour(trace, i, series.FillColor) }
                : new RectangleBarItem(start, floors[i], start + width, floors[i] + values[i]) { Color = Colour(trace, i, series.FillColor) });
            if (trace.Texts("text") is { } texts && i < texts.Length)
                Label(canvas, series, texts[i], start + (width / 2), floors[i] + values[i], lying);
        }
        canvas.Model.Series.Add(series);
    }

    private static RectangleBarSeries Series(PictureCanvas canvas, JsonObject trace, int index) => new()
    {
        Title = trace.Text("name") is { } name ? PlainText.Of(name) : null,
        RenderInLegend = trace["showlegend"]?.GetValue<bool>() ?? true,
        XAxisKey = canvas.AxisOf(trace, "x").Key,
        YAxisKey = canvas.AxisOf(trace, "y").Key,
        FillColor = PlotlyColour.Read(trace.Text("marker", "color"), PlotlyColour.OfSeries(index)),
        StrokeThickness = 0,
    };

    private static OxyColor Colour(JsonObject trace, int item, OxyColor fallback) =>
        trace.Texts("marker", "color") is { } colours && item < colours.Length ? PlotlyColour.Read(colours[item], fallback) : fallback;

    private static (double From, double Width) Slot(PlotlyFigure figure, JsonObject trace, double[] places)
    {
        var sorted = places.Order().ToArray();
        var room = Filled * sorted.Zip(sorted.Skip(1), (a, b) => b - a).Where(gap => gap > 0).DefaultIfEmpty(1).Min();
        if (Stacked(figure))
            return (-room / 2, room);
        var bars = Bars(figure);
        var width = room / bars.Count;
        return ((-room / 2) + (bars.IndexOf(trace) * width), width);
    }

    // A bar stands on those below it in its stack; on a logarithmic axis, which has no zero, on a tenth of the least value.
    private static double[] Floors(PictureCanvas canvas, JsonObject trace, string length, int count)
    {
        if (canvas.AxisOf(trace, length) is LogarithmicAxis)
            return [.. Enumerable.Repeat(trace.Numbers(length).Where(value => value > 0).DefaultIfEmpty(1).Min() / 10, count)];
        var floors = new double[count];
        if (Stacked(canvas.Figure))
            foreach (var below in Bars(canvas.Figure).TakeWhile(other => other != trace).Select(other => other.Numbers(length)))
                for (var i = 0; i < Math.Min(count, below.Length); i++)
                    floors[i] += below[i];
        return floors;
    }

    private static void Label(PictureCanvas canvas, RectangleBarSeries series, string text, double middle, double end, bool lying) =>
        canvas.Label(text, lying ? end : middle, lying ? middle : end, (series.XAxisKey, series.YAxisKey),
            lying ? HorizontalAlignment.Left : HorizontalAlignment.Center, lying ? VerticalAlignment.Middle : VerticalAlignment.Bottom, PlotlyColour.Ink);

    private static bool Stacked(PlotlyFigure figure) => figure.Layout.Text("barmode") is "stack" or "relative";

    private static List<JsonObject> Bars(PlotlyFigure figure) => [.. figure.Traces.Where(trace => trace.Text("type") == "bar")];
}

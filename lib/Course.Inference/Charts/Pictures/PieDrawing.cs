using System.Text.Json.Nodes;
using OxyPlot;
using OxyPlot.Series;

namespace Course.Inference.Charts.Pictures;

/// <summary>A pie, or a ring: its slices clockwise from twelve, each with its name and its share.</summary>
internal static class PieDrawing
{
    public static void Draw(PictureCanvas canvas, JsonObject trace, int index)
    {
        var pie = new PieSeries
        {
            StartAngle = -90,
            Diameter = 0.8,
            InnerDiameter = 0.8 * Math.Clamp(trace.Number("hole") ?? 0, 0, 0.95),
            StrokeThickness = 1,
            Stroke = OxyColors.White,
            TextColor = PlotlyColour.Ink,
            InsideLabelFormat = "",
            OutsideLabelFormat = "{1} ({2:0.#} %)",
        };
        foreach (var slice in Slices(trace))
            pie.Slices.Add(slice);
        if (pie.Slices.Count > 0)
            canvas.Model.Series.Add(pie);
    }

    // Plotly puts the largest first unless told not to, and counts the labels where there are no values.
    private static IEnumerable<PieSlice> Slices(JsonObject trace)
    {
        var labels = trace.Texts("labels");
        var values = trace["values"] is JsonArray ? trace.Numbers("values") : [.. labels.Select(_ => 1.0)];
        var named = values.Select((value, i) => (Name: i < labels.Length ? PlainText.Of(labels[i]) : $"{i}", Value: value))
            .Where(slice => slice.Value > 0).GroupBy(slice => slice.Name, slice => slice.Value).Select(group => (Name: group.Key, Value: group.Sum()));
        var ordered = trace["sort"]?.GetValue<bool>() ?? true ? named.OrderByDescending(slice => slice.Value) : named;
        var colours = trace.Texts("marker", "colors");
        return ordered.Select((slice, i) => new PieSlice(slice.Name, slice.Value)
        {
            Fill = PlotlyColour.Read(colours.ElementAtOrDefault(Array.IndexOf(labels, slice.Name)), PlotlyColour.OfSeries(i)),
        });
    }
}

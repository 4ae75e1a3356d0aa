using System.Text.Json.Nodes;
using Course.Charts.Plotly;

namespace Course.Charts.Foreign;

/// <summary>
/// Converts traces to the types that a picture draws: histograms become bars, and surfaces, seen from above, become heatmaps.
/// </summary>
internal static class StillTraces
{
    /// <summary>Whether a trace belongs to a three-dimensional scene. A still picture shows it from above, with z as colour.</summary>
    public static bool IsScene(JsonObject trace) => trace.Text("type") is "surface" or "scatter3d" or "mesh3d";

    public static PlotlyFigure Of(PlotlyFigure figure) =>
        figure with
        {
            Traces = [.. figure.Traces.Select(Of)],
            Layout = figure.Traces.Any(IsScene) ? SeenFromAbove(figure.Layout) : figure.Layout,
        };

    private static JsonObject Of(JsonObject trace) => trace.Text("type") switch
    {
        "histogram" => HistogramBars.Of(trace),
        "surface" => Surface(trace),
        "contour" or "heatmapgl" => As(trace, "heatmap"),
        "violin" => As(trace, "box"),
        _ => trace,
    };

    private static JsonObject As(JsonObject trace, string type)
    {
        var other = (JsonObject)trace.DeepClone();
        other["type"] = type;
        return other;
    }

    // A surface may give x and y for each of its points. The grid is regular, so the first row gives x and the first column y.
    private static JsonObject Surface(JsonObject trace)
    {
        var cells = As(trace, "heatmap");
        if (trace["x"] is JsonArray { Count: > 0 } x && x[0] is JsonArray row)
            cells["x"] = row.DeepClone();
        if (trace["y"] is JsonArray { Count: > 0 } y && y[0] is JsonArray)
            cells["y"] = new JsonArray([.. y.OfType<JsonArray>().Select(line => line.FirstOrDefault()?.DeepClone())]);
        return cells;
    }

    // A three-dimensional figure keeps its axes in a scene.
    private static JsonObject SeenFromAbove(JsonObject layout)
    {
        var flat = (JsonObject)layout.DeepClone();
        foreach (var axis in (string[])["xaxis", "yaxis"])
            if (layout.At("scene", axis) is JsonObject inScene)
                flat[axis] = inScene.DeepClone();
        return flat;
    }
}

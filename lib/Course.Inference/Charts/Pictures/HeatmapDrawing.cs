using System.Text.Json.Nodes;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Course.Inference.Charts.Pictures;

/// <summary>A matrix of cells, <c>z[y][x]</c>, with its colour scale beside it unless the trace wants none.</summary>
internal static class HeatmapDrawing
{
    public static void Draw(PictureCanvas canvas, JsonObject trace, int index)
    {
        var rows = (trace["z"] as JsonArray ?? []).OfType<JsonArray>().Select(row => new JsonObject { ["row"] = row.DeepClone() }.Numbers("row")).ToArray();
        if (rows.Length == 0 || rows[0].Length == 0)
            return;
        var x = canvas.Positions(trace, "x", rows[0].Length);
        var y = canvas.Positions(trace, "y", rows.Length);
        var side = trace["showscale"]?.GetValue<bool>() ?? true ? AxisPosition.Right : AxisPosition.None;
        var scale = new LinearColorAxis { Key = $"scale{index}", Position = side, Palette = OxyPalettes.Viridis(64), TextColor = PlotlyColour.Ink, LabelFormatter = PictureAxis.Tick };
        canvas.Model.Axes.Add(scale);
        canvas.Model.Series.Add(new HeatMapSeries
        {
            XAxisKey = canvas.AxisOf(trace, "x").Key,
            YAxisKey = canvas.AxisOf(trace, "y").Key,
            ColorAxisKey = scale.Key,
            X0 = x[0],
            X1 = x[^1],
            Y0 = y[0],
            Y1 = y[^1],
            Interpolate = false,
            RenderMethod = HeatMapRenderMethod.Rectangles,
            Data = Cells(rows),
        });
    }

    // OxyPlot indexes [x, y].
    private static double[,] Cells(double[][] rows)
    {
        var cells = new double[rows[0].Length, rows.Length];
        for (var y = 0; y < rows.Length; y++)
            for (var x = 0; x < rows[0].Length; x++)
                cells[x, y] = x < rows[y].Length ? rows[y][x] : double.NaN;
        return cells;
    }
}

using OxyPlot.Series;

namespace Course.Charts.Pictures;

/// <summary>Draws a matrix as coloured cells.</summary>
internal static class HeatmapDrawing
{
    public static void Draw(PictureCanvas canvas, Heatmap cells, int index)
    {
        var rows = cells.Rows;
        if (rows.Count == 0 || rows[0].Count == 0)
            return;
        var scale = ColorScale.Create(index, cells.HasScale);
        canvas.Model.Axes.Add(scale);
        canvas.Add(
            new HeatMapSeries
            {
                ColorAxisKey = scale.Key,
                X0 = cells.X?[0] ?? 0,
                X1 = cells.X?[^1] ?? rows[0].Count - 1,
                Y0 = cells.Y?[0] ?? 0,
                Y1 = cells.Y?[^1] ?? rows.Count - 1,
                Interpolate = false,
                RenderMethod = HeatMapRenderMethod.Rectangles,
                Data = Transposed(rows),
            },
            cells);
    }

    // OxyPlot indexes [x, y].
    private static double[,] Transposed(IReadOnlyList<IReadOnlyList<double>> rows)
    {
        var cells = new double[rows[0].Count, rows.Count];
        for (var y = 0; y < rows.Count; y++)
            for (var x = 0; x < rows[0].Count; x++)
                cells[x, y] = x < rows[y].Count ? rows[y][x] : double.NaN;
        return cells;
    }
}

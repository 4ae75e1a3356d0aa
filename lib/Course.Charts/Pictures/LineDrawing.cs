using OxyPlot;
using OxyPlot.Series;

namespace Course.Charts.Pictures;

/// <summary>Draws lines, symbols and error bars.</summary>
internal static class LineDrawing
{
    public static void Draw(PictureCanvas canvas, Series series, OxyColor color)
    {
        var points = series.X.Zip(series.Y, (x, y) => new DataPoint(x, y)).ToArray();
        if (series is { Below: { } below, Above: { } above })
            canvas.AddSecondary(ErrorBars(points, below, above, color), series);
        if (series.Stroke == Stroke.None && series.Symbol == Symbol.None)
            return;
        var line = new LineSeries
        {
            Color = series.Stroke == Stroke.None ? OxyColors.Transparent : color, // otherwise the legend draws a line through the symbol
            StrokeThickness = series.Width,
            LineStyle = Style(series.Stroke),
            MarkerType = Shape(series.Symbol),
            MarkerFill = CssColor.Read(series.SymbolColor, color),
            MarkerSize = series.SymbolSize / 2,
        };
        line.Points.AddRange(points);
        canvas.Add(line, series);
    }

    private static LineSeries ErrorBars(DataPoint[] points, IReadOnlyList<double> below, IReadOnlyList<double> above, OxyColor color)
    {
        var bars = new LineSeries { Color = OxyColor.FromAColor(150, color), StrokeThickness = 1.5 };
        foreach (var (i, point) in points.Index().Take(Math.Min(above.Count, below.Count)))
            bars.Points.AddRange([new(point.X, point.Y - below[i]), new(point.X, point.Y + above[i]), DataPoint.Undefined]);
        return bars;
    }

    private static LineStyle Style(Stroke stroke) => stroke switch
    {
        Stroke.None => LineStyle.None,
        Stroke.Dot => LineStyle.Dot,
        Stroke.Dash => LineStyle.Dash,
        Stroke.LongDash => LineStyle.LongDash,
        Stroke.DashDot => LineStyle.DashDot,
        _ => LineStyle.Solid,
    };

    private static MarkerType Shape(Symbol symbol) => symbol switch
    {
        Symbol.None => MarkerType.None,
        Symbol.Square => MarkerType.Square,
        Symbol.Diamond => MarkerType.Diamond,
        Symbol.Triangle => MarkerType.Triangle,
        _ => MarkerType.Circle,
    };
}

using OxyPlot;
using OxyPlot.Series;

namespace Course.Charts.Pictures;

/// <summary>Draws samples as vertical boxes.</summary>
internal static class BoxDrawing
{
    public static void Draw(PictureCanvas canvas, Box box, OxyColor color)
    {
        double[] sorted = [.. box.Values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
            return;
        var series = new BoxPlotSeries { Fill = OxyColor.FromAColor(110, color), Stroke = color, BoxWidth = 0.4, OutlierSize = 2.5 };
        series.Items.Add(Item(box.Position, sorted));
        canvas.Add(series, box);
    }

    private static BoxPlotItem Item(double position, double[] sorted)
    {
        var (lower, upper) = (Quantile.Of(sorted, 0.25), Quantile.Of(sorted, 0.75));
        var reach = 1.5 * (upper - lower);
        double[] inside = [.. sorted.Where(value => value >= lower - reach && value <= upper + reach)];
        // With few samples, the last one within reach may be inside the box.
        return new(position, Math.Min(inside[0], lower), lower, Quantile.Of(sorted, 0.5), upper, Math.Max(inside[^1], upper))
        {
            Outliers = [.. sorted.Except(inside)],
        };
    }
}

using OxyPlot;
using OxyPlot.Series;

namespace Course.Charts.Pictures;

/// <summary>Upright boxes over samples.</summary>
internal static class BoxDrawing
{
    public static void Draw(PictureCanvas canvas, Box box, OxyColor color)
    {
        double[] sorted = [.. box.Values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
            return;
        var series = new BoxPlotSeries { Fill = OxyColor.FromAColor(110, color), Stroke = color, BoxWidth = 0.4, OutlierSize = 2.5 };
        series.Items.Add(Item(box.Place, sorted));
        canvas.Add(series, box);
    }

    private static BoxPlotItem Item(double place, double[] sorted)
    {
        var (lower, upper) = (Quantile.Of(sorted, 0.25), Quantile.Of(sorted, 0.75));
        var reach = 1.5 * (upper - lower);
        double[] inside = [.. sorted.Where(value => value >= lower - reach && value <= upper + reach)];
        // Of a few samples the last inside may lie within the box.
        return new(place, Math.Min(inside[0], lower), lower, Quantile.Of(sorted, 0.5), upper, Math.Max(inside[^1], upper))
        {
            Outliers = [.. sorted.Except(inside)],
        };
    }
}

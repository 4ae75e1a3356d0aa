using OxyPlot;
using OxyPlot.Series;

namespace Course.Charts.Pictures;

/// <summary>Bars, upright or lying, side by side or stacked.</summary>
internal static class BarDrawing
{
    private const double Filled = 0.7; // of the room between two places

    public static void Draw(PictureCanvas canvas, Bars bars, OxyColor color)
    {
        var series = new RectangleBarSeries { FillColor = color, StrokeThickness = 0 };
        var (from, width) = Slot(canvas.Figure, bars);
        for (var i = 0; i < Math.Min(bars.Values.Count, bars.Places.Count); i++)
        {
            var (start, floor) = (bars.Places[i] + from, Floor(canvas.Figure, bars, bars.Places[i]));
            var (end, fill) = (floor.Lies + bars.Values[i], CssColor.Read(bars.Colors?.ElementAtOrDefault(i), color));
            series.Items.Add(bars.Lying
                ? new RectangleBarItem(floor.Begins, start, end, start + width) { Color = fill }
                : new RectangleBarItem(start, floor.Begins, start + width, end) { Color = fill });
            if (i < bars.Texts.Count)
                canvas.Write(Text(bars, bars.Texts[i], start + (width / 2), end));
        }
        canvas.Add(series, bars);
    }

    private static (double From, double Width) Slot(Figure figure, Bars bars)
    {
        var beside = Beside(figure, bars).ToList();
        double[] places = [.. beside.SelectMany(other => other.Places).Distinct().Order()];
        var room = Filled * places.Zip(places.Skip(1), (a, b) => b - a).DefaultIfEmpty(1).Min();
        if (figure.Stacked)
            return (-room / 2, room);
        var width = room / beside.Count;
        return ((-room / 2) + (beside.FindIndex(other => ReferenceEquals(other, bars)) * width), width);
    }

    // A bar lies on those below it in its stack. A logarithmic axis has no zero: there all begin at a tenth of the least value.
    private static (double Lies, double Begins) Floor(Figure figure, Bars bars, double place)
    {
        if (figure.Axes[bars.Lying ? bars.XAxis : bars.YAxis].Scale == Scale.Logarithmic)
            return (0, Beside(figure, bars).SelectMany(other => other.Values).Where(value => value > 0).DefaultIfEmpty(1).Min() / 10);
        var below = figure.Stacked ? Beside(figure, bars).TakeWhile(other => !ReferenceEquals(other, bars)) : [];
        var floor = below.Sum(other => other.Places.Zip(other.Values).Where(bar => bar.First.Equals(place)).Sum(bar => bar.Second));
        return (floor, floor);
    }

    private static IEnumerable<Bars> Beside(Figure figure, Bars bars) =>
        figure.Marks.OfType<Bars>().Where(other => (other.Lying, other.XAxis, other.YAxis) == (bars.Lying, bars.XAxis, bars.YAxis));

    private static Label Text(Bars bars, string text, double middle, double end) => bars.Lying
        ? new(text, end, middle, bars.XAxis, bars.YAxis, Side.After, Side.Middle, null)
        : new(text, middle, end, bars.XAxis, bars.YAxis, Side.Middle, Side.After, null);
}

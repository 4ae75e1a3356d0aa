using OxyPlot;
using OxyPlot.Series;

namespace Course.Charts.Pictures;

/// <summary>Draws vertical or horizontal bars, side by side or stacked.</summary>
internal static class BarDrawing
{
    private const double Filled = 0.7; // the share of the distance between two positions that bars take

    public static void Draw(PictureCanvas canvas, Bars bars, OxyColor color)
    {
        var series = new RectangleBarSeries { FillColor = color, StrokeThickness = 0 };
        var (from, width) = Slot(canvas.Figure, bars);
        for (var i = 0; i < Math.Min(bars.Values.Count, bars.Positions.Count); i++)
        {
            var (start, floor) = (bars.Positions[i] + from, Floor(canvas.Figure, bars, bars.Positions[i]));
            var (end, fill) = (floor.Base + bars.Values[i], CssColor.Read(bars.Colors?.ElementAtOrDefault(i), color));
            series.Items.Add(bars.Horizontal
                ? new RectangleBarItem(floor.Start, start, end, start + width) { Color = fill }
                : new RectangleBarItem(start, floor.Start, start + width, end) { Color = fill });
            if (i < bars.Texts.Count)
                canvas.Write(Text(bars, bars.Texts[i], start + (width / 2), end));
        }
        canvas.Add(series, bars);
    }

    private static (double From, double Width) Slot(Figure figure, Bars bars)
    {
        var beside = Beside(figure, bars).ToList();
        double[] positions = [.. beside.SelectMany(other => other.Positions).Distinct().Order()];
        var room = Filled * positions.Zip(positions.Skip(1), (a, b) => b - a).DefaultIfEmpty(1).Min();
        if (figure.Stacked)
            return (-room / 2, room);
        var width = room / beside.Count;
        return ((-room / 2) + (beside.FindIndex(other => ReferenceEquals(other, bars)) * width), width);
    }

    // A bar starts where the bars below it in the stack end. A logarithmic axis has no zero, so bars start at a
    // tenth of the smallest value.
    private static (double Base, double Start) Floor(Figure figure, Bars bars, double position)
    {
        if (figure.Axes[bars.Horizontal ? bars.XAxis : bars.YAxis].Scale == Scale.Logarithmic)
            return (0, Beside(figure, bars).SelectMany(other => other.Values).Where(value => value > 0).DefaultIfEmpty(1).Min() / 10);
        var below = figure.Stacked ? Beside(figure, bars).TakeWhile(other => !ReferenceEquals(other, bars)) : [];
        var floor = below.Sum(other => other.Positions.Zip(other.Values).Where(bar => bar.First.Equals(position)).Sum(bar => bar.Second));
        return (floor, floor);
    }

    private static IEnumerable<Bars> Beside(Figure figure, Bars bars) =>
        figure.Marks.OfType<Bars>()
            .Where(other => (other.Horizontal, other.XAxis, other.YAxis) == (bars.Horizontal, bars.XAxis, bars.YAxis));

    private static Label Text(Bars bars, string text, double middle, double end) => bars.Horizontal
        ? new(text, end, middle, bars.XAxis, bars.YAxis, Side.After, Side.Middle, null)
        : new(text, middle, end, bars.XAxis, bars.YAxis, Side.Middle, Side.After, null);
}

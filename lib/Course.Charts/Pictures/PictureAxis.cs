using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;

namespace Course.Charts.Pictures;

/// <summary>Creates the OxyPlot axis for an axis of a figure.</summary>
internal static class PictureAxis
{
    private static readonly (double From, double Scale, string Letter)[] Prefixes = // 1000 stays 1000, as in Plotly
        [(1e12, 1e12, "T"), (1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e4, 1e3, "k"), (0, 1, "")];

    public static OxyPlot.Axes.Axis Create(string key, Axis from)
    {
        var axis = Kind(from);
        axis.Key = key;
        axis.Position = Side(key, from);
        axis.Title = from.Title;
        axis.AxislineStyle = LineStyle.Solid;
        axis.AxislineColor = axis.TicklineColor = axis.MajorGridlineColor = CssColor.Grid;
        axis.TextColor = axis.TitleColor = CssColor.Ink;
        axis.TickStyle = TickStyle.None;
        axis.AxisTitleDistance = 8;
        if (from.HasGrid ?? from.Names is null)
            axis.MajorGridlineStyle = LineStyle.Solid;
        Place(axis, from);
        return axis;
    }

    /// <summary>Formats a tick as Plotly does with <c>exponentformat: SI</c>.</summary>
    public static string Tick(double value)
    {
        var (_, scale, letter) = Prefixes.First(prefix => !(Math.Abs(value) < prefix.From * 0.999999));
        return (value / scale).ToString("0.######", CultureInfo.InvariantCulture) + letter;
    }

    private static OxyPlot.Axes.Axis Kind(Axis from)
    {
        if (from.Names is { } names)
        {
            var axis = new CategoryAxis { GapWidth = 0.4 };
            axis.Labels.AddRange(names);
            return axis;
        }
        return from.Scale == Scale.Logarithmic
            ? new LogarithmicAxis
            {
                LabelFormatter = Tick,
                UseSuperExponentialFormat = false,
                PowerPadding = false,
                MinimumPadding = 0.05,
                MaximumPadding = 0.08,
            }
            : new LinearAxis { LabelFormatter = Tick, MinimumPadding = 0.04, MaximumPadding = 0.08 };
    }

    private static AxisPosition Side(string key, Axis from) => key[0] == 'x'
        ? from.Opposite ? AxisPosition.Top : AxisPosition.Bottom
        : from.Opposite ? AxisPosition.Right : AxisPosition.Left;

    private static void Place(OxyPlot.Axes.Axis axis, Axis from)
    {
        if (from.Range is var (low, high))
            (axis.Minimum, axis.Maximum) = (low, high);
        if (from.Reversed)
            (axis.StartPosition, axis.EndPosition) = (1, 0);
        if (from.BeginsAtZero && axis is LinearAxis && double.IsNaN(axis.Minimum))
            axis.Minimum = 0;
        if (from.Domain is var (start, end))
            (axis.StartPosition, axis.EndPosition) = (start, end);
    }
}

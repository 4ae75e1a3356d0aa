using System.Globalization;
using System.Text.Json.Nodes;
using OxyPlot;
using OxyPlot.Axes;

namespace Course.Inference.Charts.Pictures;

/// <summary>One axis from its layout.</summary>
internal static class PictureAxis
{
    private static readonly (double From, double Scale, string Letter)[] Prefixes = // 1000 stays 1000, as Plotly has it
        [(1e12, 1e12, "T"), (1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e4, 1e3, "k"), (0, 1, "")];

    public static Axis Create(string key, JsonObject layout, string[]? categories)
    {
        var axis = Kind(layout, categories);
        axis.Key = key;
        axis.Position = Side(key, layout);
        axis.Title = PlainText.Of(layout.Text("title", "text"));
        axis.AxislineStyle = LineStyle.Solid;
        axis.AxislineColor = axis.TicklineColor = axis.MajorGridlineColor = PlotlyColour.Grid;
        axis.TextColor = axis.TitleColor = PlotlyColour.Ink;
        axis.TickStyle = TickStyle.None;
        axis.AxisTitleDistance = 8;
        if (layout["showgrid"]?.GetValue<bool>() ?? categories is null)
            axis.MajorGridlineStyle = LineStyle.Solid;
        Range(axis, layout);
        return axis;
    }

    /// <summary>A tick as Plotly labels it with <c>exponentformat: SI</c>.</summary>
    public static string Tick(double value)
    {
        var (_, scale, letter) = Prefixes.First(prefix => !(Math.Abs(value) < prefix.From * 0.999999));
        return (value / scale).ToString("0.######", CultureInfo.InvariantCulture) + letter;
    }

    private static Axis Kind(JsonObject layout, string[]? categories)
    {
        if (categories is not null)
        {
            var axis = new CategoryAxis { GapWidth = 0.4 };
            axis.Labels.AddRange(categories);
            return axis;
        }
        return layout.Text("type") == "log"
            ? new LogarithmicAxis { LabelFormatter = Tick, UseSuperExponentialFormat = false, PowerPadding = false, MinimumPadding = 0.05, MaximumPadding = 0.08 }
            : new LinearAxis { LabelFormatter = Tick, MinimumPadding = 0.04, MaximumPadding = 0.08 };
    }

    private static AxisPosition Side(string key, JsonObject layout) => (key[0], layout.Text("side")) switch
    {
        ('x', "top") => AxisPosition.Top,
        ('x', _) => AxisPosition.Bottom,
        (_, "right") => AxisPosition.Right,
        _ => AxisPosition.Left,
    };

    private static void Range(Axis axis, JsonObject layout)
    {
        if (layout.Numbers("range") is [var from, var to] && double.IsFinite(from + to))
            (axis.Minimum, axis.Maximum) = axis is LogarithmicAxis // Plotly gives exponents there.
                ? (Math.Pow(10, Math.Min(from, to)), Math.Pow(10, Math.Max(from, to)))
                : (Math.Min(from, to), Math.Max(from, to));
        if (layout.Text("autorange") == "reversed")
            (axis.StartPosition, axis.EndPosition) = (1, 0);
        if (layout.Text("rangemode") == "tozero" && axis is LinearAxis && double.IsNaN(axis.Minimum))
            axis.Minimum = 0;
        if (layout.Numbers("domain") is [var start, var end])
            (axis.StartPosition, axis.EndPosition) = (start, end);
    }
}

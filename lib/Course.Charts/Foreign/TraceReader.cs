using System.Text.Json.Nodes;
using Course.Charts.Plotly;

namespace Course.Charts.Foreign;

/// <summary>Reads a trace of another library's figure as a mark.</summary>
internal static class TraceReader
{
    private const int SymbolsUpTo = 20; // Plotly's own default: lines with fewer points show symbols
    private const double SymbolSize = 8;

    /// <summary>Reads a trace as a mark; null if no mark corresponds to its type.</summary>
    public static Mark? TryRead(PlotlyFigure figure, AxisReader axes, JsonObject trace, int index)
    {
        Mark? mark = trace.Text("type") switch
        {
            null or "scatter" or "scattergl" => Line(axes, trace),
            "bar" => Bars(axes, trace),
            "box" => Box(axes, trace, index),
            "heatmap" => Heatmap(axes, trace),
            "pie" => PieReader.Read(trace),
            "scatter3d" or "mesh3d" => PointCloud(figure, axes, trace),
            _ => null,
        };
        return mark is null ? null : mark with
        {
            Color = trace.Text("line", "color") ?? trace.Text("marker", "color") ?? HouseStyle.ColorOf(index),
            InLegend = trace.Flag("showlegend") ?? true,
            XAxis = AxisReader.Key(trace, "x"),
            YAxis = AxisReader.Key(trace, "y"),
        };
    }

    private static string? Name(JsonObject trace) => trace.Text("name") is { } name ? PlainText.Of(name) : null;

    private static Series Line(AxisReader axes, JsonObject trace)
    {
        var y = axes.Positions(trace, "y", 0);
        var x = axes.Positions(trace, "x", y.Length);
        var mode = trace.Text("mode") ?? (Math.Min(x.Length, y.Length) < SymbolsUpTo ? "lines+markers" : "lines");
        var above = trace.Numbers("error_y", "array");
        var below = trace.Numbers("error_y", "arrayminus") is { Length: > 0 } own ? own : above;
        return new(Name(trace), x, y, above.Length > 0 ? below : null, above.Length > 0 ? above : null)
        {
            Stroke = mode.Contains("lines", StringComparison.Ordinal) ? Dash(trace.Text("line", "dash")) : Stroke.None,
            Width = trace.Number("line", "width") ?? 2,
            Symbol = mode.Contains("markers", StringComparison.Ordinal) ? Shape(trace.Text("marker", "symbol")) : Symbol.None,
            SymbolSize = trace.Number("marker", "size") ?? SymbolSize,
            SymbolColor = trace.Text("marker", "color"),
        };
    }

    private static Bars Bars(AxisReader axes, JsonObject trace)
    {
        var horizontal = trace.Text("orientation") == "h";
        var values = trace.Numbers(horizontal ? "x" : "y");
        return new(Name(trace), axes.Positions(trace, horizontal ? "y" : "x", values.Length), values)
        {
            Horizontal = horizontal,
            Colors = trace.Texts("marker", "color") is { Length: > 0 } colors ? colors : null,
            Texts = [.. trace.Texts("text").Select(PlainText.Of)],
        };
    }

    private static Box Box(AxisReader axes, JsonObject trace, int index)
    {
        var name = PlainText.Of(trace.Texts("x") is [var first, ..] ? first : trace.Text("name"));
        var place = axes.Of(AxisReader.Key(trace, "x")).IndexOf(name) ?? index;
        return new(Name(trace) ?? "", place, trace.Numbers("y"));
    }

    private static Heatmap Heatmap(AxisReader axes, JsonObject trace)
    {
        double[][] rows = [.. (trace["z"] as JsonArray ?? []).OfType<JsonArray>().Select(JsonReading.Numbers)];
        return new(Name(trace), rows)
        {
            X = axes.Positions(trace, "x", rows.FirstOrDefault()?.Length ?? 0),
            Y = axes.Positions(trace, "y", rows.Length),
            HasScale = trace.Flag("showscale") ?? true,
        };
    }

    private static PointCloud PointCloud(PlotlyFigure figure, AxisReader axes, JsonObject trace) =>
        new(Name(trace), axes.Positions(trace, "x", 0), axes.Positions(trace, "y", 0), trace.Numbers("z"))
        {
            Joined = trace.Text("mode")?.Contains("lines", StringComparison.Ordinal) == true,
            ZTitle = PlainText.Of(figure.Layout.Text("scene", "zaxis", "title", "text")),
            SymbolSize = trace.Number("marker", "size") ?? SymbolSize,
            Kind = trace.Text("type")!,
        };

    private static Stroke Dash(string? dash) => dash switch
    {
        "dot" => Stroke.Dot,
        "dash" => Stroke.Dash,
        "longdash" => Stroke.LongDash,
        "dashdot" => Stroke.DashDot,
        _ => Stroke.Solid,
    };

    // Plotly accepts numbers and names for symbols; Plotly.NET writes numbers.
    private static Symbol Shape(string? symbol) => symbol switch
    {
        "1" or "square" => Symbol.Square,
        "2" or "diamond" => Symbol.Diamond,
        "5" or "triangle-up" => Symbol.Triangle,
        _ => Symbol.Circle,
    };
}

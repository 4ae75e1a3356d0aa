using System.Text.Json.Nodes;

namespace Course.Charts.Plotly;

/// <summary>Writes a mark as a Plotly trace.</summary>
internal static class TraceWriter
{
    public static JsonObject Write(Figure figure, Mark mark, int index)
    {
        var trace = mark switch
        {
            Series series => Series(series, mark.Color ?? HouseStyle.ColorOf(index)),
            Bars bars => Bars(figure, bars, mark.Color ?? HouseStyle.ColorOf(index)),
            Box box => Box(box, mark.Color ?? HouseStyle.ColorOf(index)),
            Heatmap cells => Heatmap(cells),
            _ => throw new ArgumentException($"Our own figures have no {mark.Kind} marks.", nameof(mark)),
        };
        trace["type"] = mark.Kind;
        if (mark.Name is { } name)
            trace["name"] = PlainText.Escape(name);
        if (!mark.InLegend)
            trace["showlegend"] = false;
        if (mark.XAxis != "x")
            trace["xaxis"] = mark.XAxis;
        if (mark.YAxis != "y")
            trace["yaxis"] = mark.YAxis;
        return trace;
    }

    private static JsonObject Series(Series series, string color)
    {
        var trace = new JsonObject
        {
            ["mode"] = (series.Stroke != Stroke.None, series.Symbol != Symbol.None) switch
            {
                (true, true) => "lines+markers",
                (true, false) => "lines",
                (false, true) => "markers",
                _ => "none",
            },
            ["x"] = Numbers(series.X),
            ["y"] = Numbers(series.Y),
            ["line"] = new JsonObject { ["color"] = color, ["width"] = series.Width, ["dash"] = Dash(series.Stroke) },
        };
        if (series.Symbol != Symbol.None)
            trace["marker"] = new JsonObject { ["color"] = color, ["size"] = series.SymbolSize, ["symbol"] = Shape(series.Symbol) };
        if (series is { Below: { } below, Above: { } above })
            trace["error_y"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = Numbers(above),
                ["arrayminus"] = Numbers(below),
                ["thickness"] = 1.5,
            };
        return trace;
    }

    private static JsonObject Bars(Figure figure, Bars bars, string color)
    {
        var names = figure.Axes[bars.Horizontal ? bars.YAxis : bars.XAxis].Names;
        var positions = names is null ? Numbers(bars.Positions) : Texts(bars.Positions.Select(position => names[(int)position]));
        return new JsonObject
        {
            ["orientation"] = bars.Horizontal ? "h" : "v",
            [bars.Horizontal ? "y" : "x"] = positions,
            [bars.Horizontal ? "x" : "y"] = Numbers(bars.Values),
            ["marker"] = new JsonObject { ["color"] = bars.Colors is { } colors ? new JsonArray([.. colors]) : color },
        };
    }

    // Without x, Plotly draws the box at its name.
    private static JsonObject Box(Box box, string color) =>
        new() { ["y"] = Numbers(box.Values), ["marker"] = new JsonObject { ["color"] = color } };

    private static JsonObject Heatmap(Heatmap cells)
    {
        var trace = new JsonObject
        {
            ["z"] = new JsonArray([.. cells.Rows.Select(Numbers)]),
            ["showscale"] = cells.HasScale,
            ["xgap"] = 1,
            ["ygap"] = 1,
        };
        if (cells.X is { } x)
            trace["x"] = Numbers(x);
        if (cells.Y is { } y)
            trace["y"] = Numbers(y);
        return trace;
    }

    // JSON has no NaN. Plotly leaves a gap at null.
    private static JsonArray Numbers(IEnumerable<double> values) =>
        new([.. values.Select(value => double.IsFinite(value) ? JsonValue.Create(value) : null)]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(PlainText.Escape(text)))]);

    private static string Dash(Stroke stroke) => stroke is Stroke.None ? "solid" : stroke.ToString().ToLowerInvariant();

    private static string Shape(Symbol symbol) => symbol == Symbol.Triangle ? "triangle-up" : symbol.ToString().ToLowerInvariant();
}

using System.Text.Json.Nodes;

namespace Course.Charts.Tests.Plotly;

/// <summary>The expected values follow Plotly's figure reference.</summary>
public class PlotlyWriterTests
{
    [Fact]
    public void A_line_has_its_values_its_quartiles_and_a_gap_where_a_value_is_not_finite()
    {
        var line = new Series("a <b>", [1, 2], [3, double.NaN], [0.5, 0], [0.25, 0]);

        var trace = Trace(new Figure("", "", [line], new Axis(), new Axis()));

        AssertJson("""{"type":"data","symmetric":false,"array":[0.25,0],"arrayminus":[0.5,0],"thickness":1.5}""", trace["error_y"]);
        AssertJson("[3,null]", trace["y"]);
        Assert.Equal(("scatter", "lines+markers", "a &lt;b&gt;"), ((string?)trace["type"], (string?)trace["mode"], (string?)trace["name"]));
    }

    [Theory]
    [InlineData(Stroke.Solid, Symbol.None, "lines", "solid", null)]
    [InlineData(Stroke.Dash, Symbol.Circle, "lines+markers", "dash", "circle")]
    [InlineData(Stroke.None, Symbol.Triangle, "markers", "solid", "triangle-up")]
    [InlineData(Stroke.LongDash, Symbol.Square, "lines+markers", "longdash", "square")]
    [InlineData(Stroke.None, Symbol.None, "none", "solid", null)]
    public void Strokes_and_symbols_have_plotlys_names(Stroke stroke, Symbol symbol, string mode, string dash, string? shape)
    {
        var trace = Trace(new Figure("", "", [new Series(null, [1], [1]) { Stroke = stroke, Symbol = symbol }], new Axis(), new Axis()));

        Assert.Equal((mode, dash, shape), ((string?)trace["mode"], (string?)trace["line"]!["dash"], (string?)trace["marker"]?["symbol"]));
    }

    /// <summary>Without the axis type, numeric names would be positions.</summary>
    [Fact]
    public void Bars_are_at_the_names_of_their_axis()
    {
        var figure = new Figure("", "", [new Bars(null, [1, 0], [5, 6])], new Axis { Names = ["10", "20"] }, new Axis());

        AssertJson("""["20","10"]""", Trace(figure)["x"]);
        Assert.Equal("category", (string?)Layout(figure)["xaxis"]!["type"]);
    }

    /// <summary>Plotly expects exponents on a logarithmic axis.</summary>
    [Fact]
    public void A_second_axis_overlays_the_first_with_its_own_range()
    {
        var figure = Figures.Make("two axes");

        var right = Layout(figure)["yaxis2"]!;
        Assert.Equal(("y", "right", false), ((string?)right["overlaying"], (string?)right["side"], (bool)right["showgrid"]!));
        Assert.Equal([Math.Log10(50), Math.Log10(500)], ((JsonArray)right["range"]!).Select(end => (double)end!));
        Assert.Equal("y2", (string?)JsonNode.Parse(figure.Json)!["data"]![1]!["yaxis"]);
    }

    [Fact]
    public void Stacking_and_reversed_axes_are_written()
    {
        var layout = Layout(Figures.Make("horizontal stacks"));

        Assert.Equal(("stack", "reversed"), ((string?)layout["barmode"], (string?)layout["yaxis"]!["autorange"]));
        Assert.Equal("h", (string?)Trace(Figures.Make("horizontal stacks"))["orientation"]);
    }

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());

    private static JsonNode Trace(Figure figure) => JsonNode.Parse(figure.Json)!["data"]![0]!;

    private static JsonNode Layout(Figure figure) => JsonNode.Parse(figure.Json)!["layout"]!;
}

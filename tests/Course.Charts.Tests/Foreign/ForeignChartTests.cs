using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json;
using System.Text.Json.Nodes;
using PlotlyNet = Plotly.NET.CSharp.Chart;

namespace Course.Charts.Tests.Foreign;

public class ForeignChartTests
{
    [Fact]
    public void Charts_of_both_libraries_and_figures_are_recognised()
    {
        Assert.True(Figure.TryFrom(PlotlyNet.Line<int, int, string>([1], [2]), out _));
        Assert.True(Figure.TryFrom(XPlot.Plotly.Chart.Line([1, 2]), out _));
        Assert.True(Figure.TryFrom(Figures.Make("lines"), out _));
        Assert.False(Figure.TryFrom("a text", out _));
        Assert.False(Figure.TryFrom(null, out _));
        Assert.Contains("System.String", Assert.Throws<CourseException>(() => Figure.From("a text")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interactive_chart_is_unchanged_and_the_picture_has_its_points()
    {
        var chart = PlotlyNet.Point<int, int, string>([1, 10], [2, 20], Name: "theirs", ShowLegend: true, Text: "said");

        var figure = Figure.From(chart).Titled("Ours", "origin");

        var trace = JsonNode.Parse(figure.Json)!["data"]![0]!;
        Assert.Equal(("said", "theirs"), ((string?)trace["text"], (string?)trace["name"]));
        var series = Assert.IsType<Series>(Assert.Single(figure.Marks));
        Assert.Equal((Stroke.None, Symbol.Circle), (series.Stroke, series.Symbol));
        Assert.Equal([1, 10], series.X);
        Assert.Equal([2, 20], series.Y);
        Assert.Contains(">Ours<", figure.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_size_and_template_are_replaced_by_the_house_style()
    {
        using var json = JsonDocument.Parse(Figure.From(PlotlyNet.Line<int, int, string>([1], [2])).Json);

        var layout = json.RootElement.GetProperty("layout");
        Assert.False(layout.TryGetProperty("width", out _));
        Assert.Equal("rgba(0,0,0,0)", layout.GetProperty("template").GetProperty("layout").GetProperty("paper_bgcolor").GetString());
    }

    /// <summary>Users may load any version; one without the function that returns the figure is named.</summary>
    [Theory]
    [InlineData("Plotly.NET.GenericChart", "toFigureJson")]
    [InlineData("XPlot.Plotly.PlotlyChart", "GetInlineJS")]
    public void A_library_version_without_the_expected_function_is_named(string type, string function)
    {
        var library = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Old, Version=0.1.0.0"), AssemblyBuilderAccess.Run);
        var chart = Activator.CreateInstance(library.DefineDynamicModule("Old").DefineType(type, TypeAttributes.Public).CreateType())!;

        var error = Assert.Throws<CourseException>(() => Figure.From(chart));

        Assert.Contains(function, error.Message, StringComparison.Ordinal);
        Assert.Contains("Old, Version=0.1.0.0", error.Message, StringComparison.Ordinal);
    }
}

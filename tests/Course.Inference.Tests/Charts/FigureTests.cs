using System.Text.Json;
using System.Xml.Linq;
using Course.Inference.Charts;

namespace Course.Inference.Tests.Charts;

public class FigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [MemberData(nameof(Figures.All), MemberType = typeof(Figures))]
    public void Every_figure_is_plotly_json_with_data_and_layout(string name)
    {
        using var json = JsonDocument.Parse(Figures.Make(name).Json);

        Assert.NotEqual(0, json.RootElement.GetProperty("data").GetArrayLength());
        Assert.Equal(JsonValueKind.Object, json.RootElement.GetProperty("layout").GetProperty("template").ValueKind);
    }

    [Theory]
    [MemberData(nameof(Figures.All), MemberType = typeof(Figures))]
    public void Every_picture_is_well_formed_without_script_and_names_its_series(string name)
    {
        var picture = XElement.Parse(Figures.Make(name).Svg);

        Assert.Equal(Svg + "svg", picture.Name);
        Assert.Empty(picture.Descendants(Svg + "script"));
        Assert.DoesNotContain(picture.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        var texts = string.Join('\n', picture.Descendants(Svg + "text").Select(text => text.Value));
        Assert.All(Figures.NamesIn(name), expected => Assert.Contains(expected, texts, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Figures.All), MemberType = typeof(Figures))]
    public void Every_picture_draws_something_at_finite_places(string name)
    {
        var picture = XElement.Parse(Figures.Make(name).Svg);

        var numbers = picture.Descendants().Attributes("points").SelectMany(points => points.Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries));
        Assert.All(numbers, number => Assert.True(double.IsFinite(double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))));
        string[] shapes = ["polyline", "rect", "ellipse", "polygon", "path"];
        Assert.Contains(picture.Descendants(), element => shapes.Contains(element.Name.LocalName));
    }

    [Fact]
    public void Two_pictures_on_a_page_share_no_ids()
    {
        static string[] Ids(string name) => [.. XElement.Parse(Figures.Make(name).Svg).Descendants().Attributes("id").Select(id => id.Value)];

        Assert.NotEmpty(Ids("lines"));
        Assert.Empty(Ids("lines").Intersect(Ids("roofline")));
    }

    [Fact]
    public void Text_says_title_origin_and_range_of_every_series()
    {
        var text = Figures.Make("lines").ToString();

        Assert.Contains("Two <lines>", text, StringComparison.Ordinal);
        Assert.Contains("a machine · cpu · fp32 · 7 samples each", text, StringComparison.Ordinal);
        Assert.Contains("first (scatter): x 1 … 3, y 10 … 30", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_that_only_plotly_draws_is_named_in_the_picture() =>
        Assert.Contains("sankey", Figure.FromJson("""{"data":[{"type":"sankey","node":{}}]}""").Svg, StringComparison.Ordinal);

    /// <summary>SVG inside HTML is taken apart in a notebook that is not trusted; an image is not.</summary>
    [Fact]
    public void The_html_holds_the_picture_as_an_image_with_its_title()
    {
        var figure = Figures.Make("lines");
        var image = XElement.Parse(figure.ToHtml().Replace("\"></figure>", "\"/></figure>", StringComparison.Ordinal)).Element("img")!;

        Assert.Equal("Two <lines>", (string?)image.Attribute("alt"));
        const string Prefix = "data:image/svg+xml;base64,";
        var source = (string)image.Attribute("src")!;
        Assert.StartsWith(Prefix, source, StringComparison.Ordinal);
        Assert.Equal(figure.Svg, System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(source[Prefix.Length..])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"layout":{}}""")]
    [InlineData("""{"data":[1]}""")]
    public void What_is_no_figure_is_refused(string json) => Assert.Throws<CourseException>(() => Figure.FromJson(json));

    [Fact]
    public void Charts_of_both_libraries_and_figures_are_recognised()
    {
        Assert.True(Figure.TryFrom(Plotly.NET.CSharp.Chart.Line<int, int, string>([1], [2]), out _));
        Assert.True(Figure.TryFrom(XPlot.Plotly.Chart.Line([1, 2]), out _));
        Assert.True(Figure.TryFrom(Figures.Make("lines"), out _));
        Assert.False(Figure.TryFrom("a text", out _));
        Assert.False(Figure.TryFrom(null, out _));
    }

    [Fact]
    public void The_house_replaces_the_square_and_the_template_that_nobody_asked_for()
    {
        using var json = JsonDocument.Parse(Figure.From(Plotly.NET.CSharp.Chart.Line<int, int, string>([1], [2])).Json);

        var layout = json.RootElement.GetProperty("layout");
        Assert.False(layout.TryGetProperty("width", out _));
        Assert.Equal("rgba(0,0,0,0)", layout.GetProperty("template").GetProperty("layout").GetProperty("paper_bgcolor").GetString());
    }
}

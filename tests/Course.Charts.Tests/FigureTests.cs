using System.Text.Json;
using System.Xml.Linq;

namespace Course.Charts.Tests;

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
        Assert.DoesNotContain(
            picture.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        var texts = string.Join('\n', picture.Descendants(Svg + "text").Select(text => text.Value));
        Assert.All(Figures.NamesIn(name), expected => Assert.Contains(expected, texts, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Figures.All), MemberType = typeof(Figures))]
    public void Every_picture_draws_something_at_finite_positions(string name)
    {
        var picture = XElement.Parse(Figures.Make(name).Svg);

        var numbers = picture.Descendants().Attributes("points")
            .SelectMany(points => points.Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries));
        Assert.All(
            numbers, number => Assert.True(double.IsFinite(double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))));
        string[] shapes = ["polyline", "rect", "ellipse", "polygon", "path"];
        Assert.Contains(picture.Descendants(), element => shapes.Contains(element.Name.LocalName));
    }

    [Fact]
    public void Two_pictures_on_a_page_share_no_ids()
    {
        static string[] Ids(string name) =>
            [.. XElement.Parse(Figures.Make(name).Svg).Descendants().Attributes("id").Select(id => id.Value)];

        Assert.NotEmpty(Ids("lines"));
        Assert.Empty(Ids("lines").Intersect(Ids("two axes")));
    }

    [Fact]
    public void Text_contains_title_origin_and_range_of_every_series()
    {
        var text = Figures.Make("lines").ToString();

        Assert.Contains("Two <lines>", text, StringComparison.Ordinal);
        Assert.Contains("a machine · cpu · fp32 · 7 samples each", text, StringComparison.Ordinal);
        Assert.Contains("first (scatter): x 1 … 3, y 10 … 30", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_that_only_plotly_draws_is_named_in_the_picture() =>
        Assert.Contains("sankey", Figure.FromJson("""{"data":[{"type":"sankey","node":{}}]}""").Svg, StringComparison.Ordinal);

    /// <summary>In an untrusted notebook SVG inside HTML is removed; an image is not.</summary>
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
    public void JSON_that_is_not_a_figure_is_rejected(string json) => Assert.Throws<CourseException>(() => Figure.FromJson(json));

    [Fact]
    public void A_new_title_is_in_all_representations_and_leaves_the_original_unchanged()
    {
        var (one, other) = (Figures.Make("lines"), Figures.Make("lines").Titled("Another & one", "elsewhere"));

        using var json = JsonDocument.Parse(other.Json);
        var title = json.RootElement.GetProperty("layout").GetProperty("title").GetProperty("text").GetString();
        Assert.Equal("Another &amp; one<br><sup>elsewhere</sup>", title);
        Assert.Contains(">Another &amp; one<", other.Svg, StringComparison.Ordinal);
        Assert.StartsWith("Another & one — elsewhere", other.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Another", one.Json + one.Svg + one, StringComparison.Ordinal);
    }

    /// <summary>The library draws its own charts without the F# libraries, whose charts it can also show.</summary>
    [Fact]
    public void No_code_of_ours_refers_to_FSharp_or_its_chart_libraries() =>
        Assert.DoesNotContain(
            typeof(Figure).Assembly.GetReferencedAssemblies(), needed => needed.Name is "FSharp.Core" or "Plotly.NET" or "XPlot.Plotly");
}

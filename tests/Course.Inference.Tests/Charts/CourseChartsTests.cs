using System.Text.Json.Nodes;
using System.Xml.Linq;
using Course.Charts;
using Course.Inference.Charts;
using Course.Inference.Measurement;

namespace Course.Inference.Tests.Charts;

public class CourseChartsTests
{
    private static readonly Provenance Origin = new("a machine", "cpu", "fp32", 7);

    [Theory]
    [MemberData(nameof(CourseFigures.All), MemberType = typeof(CourseFigures))]
    public void Every_chart_says_machine_device_precision_and_sample_count(string name) =>
        Assert.Contains(Origin.ToString(), (string)Layout(CourseFigures.Make(name))["title"]!["text"]!, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(CourseFigures.All), MemberType = typeof(CourseFigures))]
    public void Every_picture_names_its_series_and_axes(string name)
    {
        var parts = XElement.Parse(CourseFigures.Make(name).Svg).Descendants();
        var texts = string.Join('\n', parts.Where(part => part.Name.LocalName == "text").Select(text => text.Value));

        Assert.All(CourseFigures.NamesIn(name), expected => Assert.Contains(expected, texts, StringComparison.Ordinal));
    }

    // The decades of both axes have the same length, and the first points coincide, so that equal growth looks equal.
    [Fact]
    public void Latency_and_FLOPs_share_their_start_and_their_decades()
    {
        var figure = CourseCharts.LatencyBesideFlops("Cost", "T", Origin, [(1, Taking(0.002), 1e6), (10, Taking(0.004), 1e7)]);

        double[] left = Range(figure, "yaxis"), right = Range(figure, "yaxis2");
        Assert.Equal(left[1] - left[0], right[1] - right[0], 9);
        Assert.Equal(Math.Log10(2) - left[0], 6 - right[0], 9); // 2 ms and 1e6 FLOP at one height
        Assert.True(left[0] < Math.Log10(2) && left[1] > Math.Log10(20));
    }

    // Equal growth looks equal here too, and predictions cannot be mistaken for measurements.
    [Fact]
    public void Latency_and_throughput_have_equal_decades_and_dashed_predictions()
    {
        var figure = CourseCharts.LatencyAndThroughput(
            "A batch", "B", Origin, [(1, Taking(0.002), 1, 0.001), (10, Taking(0.004), 10, 0.002)]);

        double[] left = Range(figure, "yaxis"), right = Range(figure, "yaxis2");
        Assert.Equal(left[1] - left[0], right[1] - right[0], 9);
        Assert.True(right[0] < Math.Log10(500) && right[1] > Math.Log10(5000));
        Assert.Equal(["solid", "dash", "solid", "dash"], Traces(figure).Select(trace => (string)trace!["line"]!["dash"]!));
        Assert.Equal([1000.0, 5000], ((JsonArray)Traces(figure)[3]!["y"]!).Select(y => (double)y!));
    }

    [Fact]
    public void Grouped_bars_are_side_by_side_at_every_name()
    {
        var figure = CourseFigures.Make("groups");

        Assert.NotEqual("stack", (string?)Layout(figure)["barmode"]);
        Assert.All(Traces(figure), trace => Assert.Equal(["one", "two"], ((JsonArray)trace!["x"]!).Select(name => (string)name!)));
        Assert.Equal([[1.0, 10.0], [2.0, 20.0]], Traces(figure).Select(trace => ((JsonArray)trace!["y"]!).Select(value => (double)value!)));
    }

    [Theory]
    [InlineData("stacked")]
    [InlineData("piles")]
    public void Stacked_bars_are_on_top_of_each_other(string name) =>
        Assert.Equal("stack", (string)Layout(CourseFigures.Make(name))["barmode"]!);

    [Fact]
    public void The_first_row_of_cells_is_on_top() =>
        Assert.Equal("reversed", (string)Layout(CourseFigures.Make("cells"))["yaxis"]!["autorange"]!);

    // A mask has only two values; a colour scale from 0 to 1 would suggest more.
    [Fact]
    public void The_picture_of_cells_has_no_colour_scale() =>
        Assert.DoesNotMatch(">[1-7]00<", CourseCharts.Cells("A mask", "key", "query", Origin, [[700, 0], [700, 700]]).Svg);

    [Fact]
    public void The_roofs_meet_at_the_ridge()
    {
        var traces = (JsonArray)JsonNode.Parse(CourseFigures.Make("roofline").Json)!["data"]!;

        Assert.Equal((5, 100e9), Last(traces[0]!));
        Assert.Equal(5, (double)traces[1]!["x"]![0]!);
    }

    [Fact]
    public void A_point_of_a_roofline_is_FLOPs_per_byte_and_per_second()
    {
        var point = RooflinePoint.Of(Taking(0.5), flops: 100, bytes: 20);

        Assert.Equal(new RooflinePoint("work", 5, 200), point);
    }

    private static Timing Taking(double seconds) => new("work", new Samples([seconds]));

    private static JsonArray Traces(Figure figure) => (JsonArray)JsonNode.Parse(figure.Json)!["data"]!;

    private static JsonNode Layout(Figure figure) => JsonNode.Parse(figure.Json)!["layout"]!;

    private static double[] Range(
        Figure figure, string axis) => [.. ((JsonArray)Layout(figure)[axis]!["range"]!).Select(end => (double)end!)];

    private static (double, double) Last(JsonNode trace) => ((double)trace["x"]![1]!, (double)trace["y"]![1]!);
}

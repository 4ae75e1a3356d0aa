using System.Text.Json.Nodes;
using Course.Charts.Foreign;
using Course.Charts.Plotly;

namespace Course.Charts.Tests.Foreign;

public class HistogramBarsTests
{
    // Bins as in Plotly: closed below, open above. The expected values were counted by hand.
    [Theory]
    [InlineData("""{"x":[1,2,2,3,3,3],"xbins":{"start":0.5,"end":3.4,"size":1}}""", new double[] { 1, 2, 3 }, new double[] { 1, 2, 3 })]
    [InlineData("""{"x":[1,2,2,3,3,3]}""", new[] { 1.25, 1.75, 2.25, 2.75, 3.25 }, new double[] { 1, 0, 2, 0, 3 })]
    [InlineData("""{"x":[0,0.4,10],"nbinsx":2}""", new double[] { 2.5, 7.5, 12.5 }, new double[] { 2, 0, 1 })]
    [InlineData("""{"x":[5,5,5]}""", new[] { 5.5 }, new double[] { 3 })]
    [InlineData(
        """{"x":[1,2,2,3],"xbins":{"start":0.5,"size":1},"histnorm":"percent"}""", new double[] { 1, 2, 3 }, new double[] { 25, 50, 25 })]
    [InlineData(
        """{"x":[1,2,2,3],"xbins":{"start":0,"size":2},"histnorm":"probability density"}""", new double[] { 1, 3 }, new[] { 0.125, 0.375 })]
    [InlineData("""{"x":[]}""", new double[] { }, new double[] { })]
    public void Samples_are_counted_into_bins(string trace, double[] middles, double[] heights)
    {
        var bars = HistogramBars.Of((JsonObject)JsonNode.Parse(trace)!);

        Assert.Equal(("bar", "v"), (bars.Text("type"), bars.Text("orientation")));
        Assert.Equal(middles, bars.Numbers("x"));
        Assert.Equal(heights, bars.Numbers("y"));
    }

    [Fact]
    public void Words_are_counted_by_word_and_bars_are_horizontal_for_y()
    {
        var bars = HistogramBars.Of((JsonObject)JsonNode.Parse("""{"y":["p","q","p"]}""")!);

        Assert.Equal("h", bars.Text("orientation"));
        Assert.Equal(["p", "q"], bars.Texts("y"));
        Assert.Equal([2, 1], bars.Numbers("x"));
    }
}

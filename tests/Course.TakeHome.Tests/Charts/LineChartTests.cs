using System.Xml.Linq;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Tests.Charts;

public class LineChartTests
{
    private static XElement[] Elements(LineChart chart, string name) =>
        [.. XElement.Parse(chart.ToSvg()).Descendants().Where(element => element.Name.LocalName == name)];

    [Fact]
    public void Both_axes_are_marked_at_round_numbers_and_titled()
    {
        var chart = new LineChart("Speed", "rows <B>", "times", [new("gain", [(1, 3.77), (64, 1.42), (4096, 0.4)])], LogarithmicX: true);
        var texts = Elements(chart, "text").Select(text => text.Value).ToArray();
        Assert.Superset(
            new HashSet<string> { "Speed", "rows <B> (logarithmic)", "times", "gain", "1", "10", "100", "1000", "0", "2", "4" },
            texts.ToHashSet());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_point_lies_inside_the_picture(bool logarithmic)
    {
        foreach (var factor in new[] { 1e-6, 1, 1e9 })
        {
            var chart = new LineChart("t", "x", "y", [new("line", [(1 * factor, -2 * factor), (3 * factor, 5 * factor)])], logarithmic);
            var numbers = Elements(chart, "polyline").Single().Attribute("points")!.Value.Split(' ', ',').Select(double.Parse).ToArray();
            Assert.All(numbers, number => Assert.InRange(number, 0, 720));
        }
    }

    [Fact]
    public void A_single_point_and_a_flat_line_are_drawn() => Assert.All(
        new LineChart[]
        {
            new("t", "x", "y", [new("point", [(2, 0)])]), new("t", "x", "y", [new("point", [(2, 0)])], true),
            new("t", "x", "y", [new("flat", [(1, 1), (2, 1)])])
        },
        chart => Assert.DoesNotContain("NaN", chart.ToSvg(), StringComparison.Ordinal));
}

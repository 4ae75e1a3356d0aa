using Course.Charts.Pictures;
using OxyPlot;
using OxyPlot.Series;

namespace Course.Charts.Tests.Pictures;

public class PictureModelTests
{
    /// <summary>A logarithmic axis has no zero, and bars with different baselines could not be compared.</summary>
    [Fact]
    public void On_a_logarithmic_axis_all_bars_begin_at_a_tenth_of_the_smallest_value() =>
        Assert.All(Items("logarithmic groups"), bar => Assert.Equal(0.1, bar.Y0, 12));

    [Fact]
    public void Stacked_bars_start_at_the_end_of_those_below_them()
    {
        Assert.Equal([(0.0, 1.0), (0, 2), (1, 4), (2, 2)], Items("stacks").Select(bar => (bar.Y0, bar.Y1)));
        Assert.Equal([(0.0, 3.0), (0, 4), (3, 4), (4, 6)], Items("horizontal stacks").Select(bar => (bar.X0, bar.X1)));
    }

    [Fact]
    public void Bars_side_by_side_do_not_overlap()
    {
        var bars = Items("groups").OrderBy(bar => bar.X0).ToArray();

        Assert.Equal([1, 2, 10, 20], bars.Select(bar => bar.Y1));
        Assert.All(bars.Zip(bars.Skip(1)), pair => Assert.True(pair.First.X1 <= pair.Second.X0 + 1e-12));
    }

    /// <summary>With few samples, the last one within reach of a whisker can be inside the box.</summary>
    [Fact]
    public void A_whisker_never_ends_inside_its_box()
    {
        var figure = new Figure("", "", [new Box("p", 0, [1, 2, 3, 9])], new Axis { Names = ["p"] }, new Axis());

        var box = PictureModel.Of(figure).Series.OfType<BoxPlotSeries>().Single().Items.Single();

        Assert.Equal((1.75, 2.5, 4.5), (box.BoxBottom, box.Median, box.BoxTop)); // type 7 of Hyndman and Fan, by hand
        Assert.Equal((1, 4.5), (box.LowerWhisker, box.UpperWhisker));
        Assert.Equal([9.0], box.Outliers);
    }

    /// <summary>OxyPlot's legend draws a line through the symbol of every line with a colour.</summary>
    [Fact]
    public void Points_without_a_line_have_no_line_in_the_legend()
    {
        var lines = PictureModel.Of(Figures.Make("dashes and points")).Series.Cast<LineSeries>().ToArray();

        Assert.Equal([true, false], lines.Select(line => line.Color.IsVisible()));
        Assert.Equal([false, true], lines.Select(line => line.MarkerType == MarkerType.Diamond && line.MarkerFill.IsVisible()));
    }

    /// <summary>A notebook with the title in its text gives the chart none.</summary>
    [Fact]
    public void Without_a_title_the_origin_stays_small()
    {
        var model = PictureModel.Of(Figures.Make("bars"));

        Assert.Null(model.Title);
        Assert.StartsWith("a machine", model.Subtitle, StringComparison.Ordinal);
    }

    private static IEnumerable<RectangleBarItem> Items(string name) =>
        PictureModel.Of(Figures.Make(name)).Series.OfType<RectangleBarSeries>().SelectMany(series => series.Items);
}

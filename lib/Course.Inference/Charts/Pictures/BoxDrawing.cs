using System.Text.Json.Nodes;
using Course.Inference.Measurement;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Course.Inference.Charts.Pictures;

/// <summary>Upright boxes over samples: quartiles, whiskers to the last sample within 1.5 interquartile ranges, outliers beyond.</summary>
internal static class BoxDrawing
{
    public static void Draw(PictureCanvas canvas, JsonObject trace, int index)
    {
        var values = trace.Numbers("y").Where(double.IsFinite).ToArray();
        if (values.Length == 0)
            return;
        var colour = PlotlyColour.Read(trace.Text("line", "color") ?? trace.Text("marker", "color"), PlotlyColour.OfSeries(index));
        var categories = canvas.AxisOf(trace, "x") as CategoryAxis;
        var name = trace.Texts("x") is [var first, ..] ? first : trace.Text("name");
        var series = new BoxPlotSeries
        {
            Title = trace.Text("name") is { } title ? PlainText.Of(title) : null,
            RenderInLegend = trace["showlegend"]?.GetValue<bool>() ?? true,
            XAxisKey = canvas.AxisOf(trace, "x").Key,
            YAxisKey = canvas.AxisOf(trace, "y").Key,
            Fill = OxyColor.FromAColor(110, colour),
            Stroke = colour,
            BoxWidth = 0.4,
            OutlierSize = 2.5,
        };
        series.Items.Add(Item(categories?.Labels.IndexOf(PlainText.Of(name)) ?? index, values));
        canvas.Model.Series.Add(series);
    }

    private static BoxPlotItem Item(double x, double[] values)
    {
        var samples = new Samples(values);
        var reach = 1.5 * samples.Spread;
        var inside = values.Where(value => value >= samples.LowerQuartile - reach && value <= samples.UpperQuartile + reach).ToArray();
        return new(x, inside.Min(), samples.LowerQuartile, samples.Median, samples.UpperQuartile, inside.Max())
        {
            Outliers = [.. values.Except(inside)],
        };
    }
}

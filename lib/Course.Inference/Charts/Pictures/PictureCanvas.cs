using System.Text.Json.Nodes;
using OxyPlot;
using OxyPlot.Axes;

namespace Course.Inference.Charts.Pictures;

/// <summary>A model being drawn, and the axes of its figure, made when a trace first asks for them.</summary>
internal sealed class PictureCanvas(PlotlyFigure figure, PlotModel model)
{
    private readonly Dictionary<string, Axis> axes = [];

    public PlotlyFigure Figure => figure;

    public PlotModel Model => model;

    /// <summary>The axis that a trace's <c>x</c> or <c>y</c> values lie on.</summary>
    public Axis AxisOf(JsonObject trace, string letter) => Axis(Reference(trace, letter));

    public Axis Axis(string reference)
    {
        if (!axes.TryGetValue(reference, out var axis))
        {
            axis = PictureAxis.Create(reference, figure.Layout[AxisName.InLayout(reference)] as JsonObject ?? [], Categories(reference));
            axes.Add(reference, axis);
            model.Axes.Add(axis);
        }
        return axis;
    }

    /// <summary>Where a trace's values lie on their axis: themselves, or their place among the categories. Without values: 0, 1, 2 …</summary>
    public double[] Positions(JsonObject trace, string letter, int count)
    {
        if (trace[letter] is not JsonArray)
            return [.. Enumerable.Range(0, count).Select(i => (double)i)];
        return AxisOf(trace, letter) is CategoryAxis categories
            ? [.. trace.Texts(letter).Select(text => (double)categories.Labels.IndexOf(PlainText.Of(text)))]
            : trace.Numbers(letter);
    }

    /// <summary>Writes beside a point of the chart.</summary>
    public void Label(string text, double x, double y, (string X, string Y) keys, HorizontalAlignment across, VerticalAlignment along, OxyColor colour) =>
        model.Annotations.Add(new OxyPlot.Annotations.TextAnnotation
        {
            Text = PlainText.Of(text),
            TextPosition = new DataPoint(x, y),
            XAxisKey = keys.X,
            YAxisKey = keys.Y,
            TextHorizontalAlignment = across,
            TextVerticalAlignment = along,
            TextColor = colour,
            FontSize = HouseStyle.FontSize - 2,
            StrokeThickness = 0,
            Offset = new ScreenVector(0, along == VerticalAlignment.Bottom ? -4 : along == VerticalAlignment.Top ? 4 : 0),
        });

    private static string Reference(JsonObject trace, string letter) => trace.Text($"{letter}axis") ?? letter;

    // A box without x stands over its own name; anything else is a category where its values are texts.
    private string[]? Categories(string reference)
    {
        var letter = reference[..1];
        var traces = figure.Traces.Where(trace => Reference(trace, letter) == reference).ToArray();
        var boxes = traces.Where(trace => trace.Text("type") == "box" && trace[letter] is null).ToArray();
        if (boxes.Length > 0)
            return [.. boxes.Select(box => PlainText.Of(box.Text("name"))).Distinct()];
        var asked = (figure.Layout[AxisName.InLayout(reference)] as JsonObject)?.Text("type");
        var values = traces.Select(trace => trace[letter]).OfType<JsonArray>().ToArray();
        return asked == "category" || (asked is null or "-" && values.Any(array => !array.AreNumbers()))
            ? [.. traces.SelectMany(trace => trace.Texts(letter)).Select(PlainText.Of).Distinct()]
            : null;
    }
}

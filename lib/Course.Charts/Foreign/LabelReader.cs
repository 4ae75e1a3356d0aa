using System.Text.Json.Nodes;
using Course.Charts.Plotly;

namespace Course.Charts.Foreign;

/// <summary>Reads the texts of another library's figure: labels of points, and annotations at a position in the data.</summary>
internal static class LabelReader
{
    /// <summary>The texts at the points of a line. A bar trace keeps its texts in the bars.</summary>
    public static IEnumerable<Label> OfTrace(AxisReader axes, JsonObject trace) =>
        trace.Text("type") is null or "scatter" or "scattergl" && trace.Text("mode")?.Contains("text", StringComparison.Ordinal) == true
            ? AtPoints(axes, trace)
            : [];

    /// <summary>
    /// The annotations at data positions. Those placed relative to the paper fit only Plotly's own layout and are skipped.
    /// </summary>
    public static IEnumerable<Label> OfLayout(AxisReader axes, JsonObject layout)
    {
        var notes = (layout["annotations"] as JsonArray ?? []).OfType<JsonObject>();
        foreach (var note in notes.Where(note => note.Text("xref") != "paper" && note.Text("yref") != "paper"))
        {
            var (x, y) = (note.Text("xref") ?? "x", note.Text("yref") ?? "y");
            if (Position(note, "x", axes.Of(x)) is { } across && Position(note, "y", axes.Of(y)) is { } along)
            {
                var text = PlainText.Of(note.Text("text"));
                yield return new(text, across, along, x, y, Anchor(note), Side.After, note.Text("font", "color"));
            }
        }
    }

    private static IEnumerable<Label> AtPoints(AxisReader axes, JsonObject trace)
    {
        var y = axes.Positions(trace, "y", 0);
        var x = axes.Positions(trace, "x", y.Length);
        var (xAxis, yAxis) = (AxisReader.Key(trace, "x"), AxisReader.Key(trace, "y"));
        var words = (trace.Text("textposition") ?? "top center").Split(' ');
        var (along, across) = (SideOf(words[0]), SideOf(words[^1]));
        return x.Zip(y, trace.Texts("text")).Select(point => new Label(
            PlainText.Of(point.Third), point.First, point.Second, xAxis, yAxis, across, along, trace.Text("textfont", "color")));
    }

    private static Side SideOf(string word) => word switch
    {
        "left" or "bottom" => Side.Before,
        "right" or "top" => Side.After,
        _ => Side.Middle,
    };

    // On a logarithmic axis Plotly positions annotations by exponent.
    private static double? Position(JsonObject note, string letter, Axis axis) =>
        note.Text(letter) is { } name ? axis.IndexOf(name)
        : note.Number(letter) is { } number ? axis.Scale == Scale.Logarithmic ? Math.Pow(10, number) : number : null;

    private static Side Anchor(JsonObject note) => note.Text("xanchor") switch
    {
        "left" => Side.After,
        "right" => Side.Before,
        _ => Side.Middle,
    };
}

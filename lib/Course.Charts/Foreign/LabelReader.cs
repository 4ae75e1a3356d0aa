using System.Text.Json.Nodes;
using Course.Charts.Plotly;

namespace Course.Charts.Foreign;

/// <summary>Texts of another library's figure: at its points, and pinned to a place in the data.</summary>
internal static class LabelReader
{
    /// <summary>The texts at the points of a line. Those of bars are the bars' own.</summary>
    public static IEnumerable<Label> OfTrace(AxisReader axes, JsonObject trace) =>
        trace.Text("type") is null or "scatter" or "scattergl" && trace.Text("mode")?.Contains("text", StringComparison.Ordinal) == true
            ? AtPoints(axes, trace)
            : [];

    /// <summary>Those pinned to the paper belong to Plotly's own picture alone.</summary>
    public static IEnumerable<Label> OfLayout(AxisReader axes, JsonObject layout)
    {
        var notes = (layout["annotations"] as JsonArray ?? []).OfType<JsonObject>();
        foreach (var note in notes.Where(note => note.Text("xref") != "paper" && note.Text("yref") != "paper"))
        {
            var (x, y) = (note.Text("xref") ?? "x", note.Text("yref") ?? "y");
            if (Place(note, "x", axes.Of(x)) is { } across && Place(note, "y", axes.Of(y)) is { } along)
                yield return new(PlainText.Of(note.Text("text")), across, along, x, y, Anchor(note), Side.After, note.Text("font", "color"));
        }
    }

    private static IEnumerable<Label> AtPoints(AxisReader axes, JsonObject trace)
    {
        var y = axes.Positions(trace, "y", 0);
        var x = axes.Positions(trace, "x", y.Length);
        var place = trace.Text("textposition") ?? "top center";
        var across = place.EndsWith("left", StringComparison.Ordinal) ? Side.Before : place.EndsWith("right", StringComparison.Ordinal) ? Side.After : Side.Middle;
        var along = place.StartsWith("top", StringComparison.Ordinal) ? Side.After : place.StartsWith("bottom", StringComparison.Ordinal) ? Side.Before : Side.Middle;
        return x.Zip(y, trace.Texts("text")).Select(point => new Label(
            PlainText.Of(point.Third), point.First, point.Second, AxisReader.Key(trace, "x"), AxisReader.Key(trace, "y"), across, along, trace.Text("textfont", "color")));
    }

    // On a logarithmic axis Plotly places annotations by exponent.
    private static double? Place(JsonObject note, string letter, Axis axis) =>
        note.Text(letter) is { } name ? axis.PlaceOf(name)
        : note.Number(letter) is { } number ? axis.Scale == Scale.Logarithmic ? Math.Pow(10, number) : number : null;

    private static Side Anchor(JsonObject note) => note.Text("xanchor") switch
    {
        "left" => Side.After,
        "right" => Side.Before,
        _ => Side.Middle,
    };
}

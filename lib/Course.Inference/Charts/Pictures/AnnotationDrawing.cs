using System.Text.Json.Nodes;
using OxyPlot;
using OxyPlot.Axes;

namespace Course.Inference.Charts.Pictures;

/// <summary>Texts that the layout pins to a place in the data. Those pinned to the paper belong to Plotly's own picture alone.</summary>
internal static class AnnotationDrawing
{
    public static void Draw(PictureCanvas canvas)
    {
        var annotations = (canvas.Figure.Layout["annotations"] as JsonArray ?? []).OfType<JsonObject>();
        foreach (var note in annotations.Where(note => Pinned(note, "xref") && Pinned(note, "yref")))
        {
            var x = canvas.Axis(note.Text("xref") ?? "x");
            var y = canvas.Axis(note.Text("yref") ?? "y");
            if (Place(note, "x", x) is { } across && Place(note, "y", y) is { } along)
                canvas.Label(note.Text("text") ?? "", across, along, (x.Key, y.Key), Anchor(note), VerticalAlignment.Bottom,
                    PlotlyColour.Read(note.Text("font", "color"), PlotlyColour.Ink));
        }
    }

    private static bool Pinned(JsonObject note, string reference) => note.Text(reference) != "paper";

    // On a logarithmic axis Plotly places annotations by exponent.
    private static double? Place(JsonObject note, string letter, Axis axis) => axis switch
    {
        CategoryAxis categories when note.Text(letter) is { } category => categories.Labels.IndexOf(category),
        LogarithmicAxis => note.Number(letter) is { } exponent ? Math.Pow(10, exponent) : null,
        _ => note.Number(letter),
    };

    private static HorizontalAlignment Anchor(JsonObject note) => note.Text("xanchor") switch
    {
        "left" => HorizontalAlignment.Left,
        "right" => HorizontalAlignment.Right,
        _ => HorizontalAlignment.Center,
    };
}

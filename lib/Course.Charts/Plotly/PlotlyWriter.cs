using System.Text.Json.Nodes;

namespace Course.Charts.Plotly;

/// <summary>Writes one of our figures as a Plotly figure. Source: Plotly's figure reference.</summary>
internal static class PlotlyWriter
{
    public static PlotlyFigure Write(Figure figure)
    {
        var traces = figure.Marks.Select((mark, index) => TraceWriter.Write(figure, mark, index));
        return PlotlyFigure.Create(traces, Layout(figure)).Titled(figure.Title, figure.Origin);
    }

    private static JsonObject Layout(Figure figure)
    {
        var layout = new JsonObject();
        if (figure.Stacked)
            layout["barmode"] = "stack";
        if (figure.HasLegend is { } wanted)
            layout["showlegend"] = wanted;
        foreach (var (key, axis) in figure.Axes)
            layout[AxisName.InLayout(key)] = Axis(key, axis);
        return layout;
    }

    private static JsonObject Axis(string key, Axis axis)
    {
        var json = new JsonObject { ["title"] = new JsonObject { ["text"] = PlainText.Escape(axis.Title) } };
        if (axis.Names is not null)
            json["type"] = "category"; // otherwise Plotly would treat numeric names as numbers
        if (axis.Scale == Scale.Logarithmic)
            json["type"] = "log";
        if (axis.Range is var (low, high))
            json["range"] = axis.Scale == Scale.Logarithmic ? new JsonArray(Math.Log10(low), Math.Log10(high)) : new JsonArray(low, high);
        if (axis.Reversed)
            json["autorange"] = "reversed";
        if (axis.HasGrid is { } wanted)
            json["showgrid"] = wanted;
        if (axis.Opposite)
            json["side"] = key[0] == 'x' ? "top" : "right";
        if (key.Length > 1)
            json["overlaying"] = key[..1];
        return json;
    }
}

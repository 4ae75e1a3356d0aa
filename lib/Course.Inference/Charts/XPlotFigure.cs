using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XPlot.Plotly;

namespace Course.Inference.Charts;

/// <summary>
/// Takes the figure out of an XPlot chart. XPlot keeps its traces to itself and gives them away only as
/// <c>var data = …; var layout = …;</c>, so they are read back from there.
/// </summary>
internal static class XPlotFigure
{
    public static PlotlyFigure Read(PlotlyChart chart)
    {
        var script = chart.GetInlineJS();
        if (ValueAfter(script, "var data = ") is not JsonArray data)
            throw new CourseException("This XPlot chart has no traces to read. Make it with Chart.Plot.");
        return PlotlyFigure.Create(data, ValueAfter(script, "var layout = ") as JsonObject);
    }

    private static JsonNode? ValueAfter(string script, string declaration)
    {
        var at = script.IndexOf(declaration, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(script[(at + declaration.Length)..]));
        return JsonNode.Parse(ref reader);
    }
}

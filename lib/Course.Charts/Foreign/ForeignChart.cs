using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Charts.Plotly;

namespace Course.Charts.Foreign;

/// <summary>
/// Charts of Plotly.NET and of XPlot.Plotly as figures. Both are F# libraries. They are known by their names and called by reflection,
/// in the version that the chart's maker has: a chart of our own loads neither, and no version of theirs can break it.
/// </summary>
internal static class ForeignChart
{
    private const string PlotlyNet = "Plotly.NET.GenericChart";
    private const string XPlot = "XPlot.Plotly.PlotlyChart";

    /// <summary>The value's figure; null where it is no chart of these libraries.</summary>
    public static Figure? TryRead(object? value)
    {
        for (var type = value?.GetType(); type is not null; type = type.BaseType)
        {
            var name = type.FullName?.Split('+')[0]; // a case of an F# union is nested in it
            if (name == PlotlyNet)
                return PlotlyReader.Read(PlotlyFigure.Parse(Call(type.Assembly.GetType(PlotlyNet)!, "toFigureJson", null, [value])));
            if (name == XPlot)
                return PlotlyReader.Read(OfXPlot(Call(type, "GetInlineJS", value, [])));
        }
        return null;
    }

    private static string Call(Type type, string method, object? on, object?[] arguments) =>
        type.GetMethod(method)?.Invoke(on, BindingFlags.DoNotWrapExceptions, null, arguments, null) as string
            ?? throw new CourseException(
                $"{type.FullName} of {type.Assembly.GetName()} has no {method} that gives a text: another version is needed.");

    // XPlot keeps its traces to itself and gives them away only as `var data = …; var layout = …;`, so they are read back from there.
    private static PlotlyFigure OfXPlot(string script) => ValueAfter(script, "var data = ") is JsonArray data
        ? PlotlyFigure.Create(data, ValueAfter(script, "var layout = ") as JsonObject)
        : throw new CourseException("This XPlot chart has no traces to read. Make it with Chart.Plot.");

    private static JsonNode? ValueAfter(string script, string declaration)
    {
        var at = script.IndexOf(declaration, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(script[(at + declaration.Length)..]));
        return JsonNode.Parse(ref reader);
    }
}

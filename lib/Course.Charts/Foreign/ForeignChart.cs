using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Charts.Plotly;

namespace Course.Charts.Foreign;

/// <summary>
/// Converts charts of Plotly.NET and XPlot.Plotly, two F# libraries, to figures. Their types are recognised by name and called by
/// reflection, in whichever version made the chart: our own charts load neither library and depend on no version of them.
/// </summary>
internal static class ForeignChart
{
    private const string PlotlyNet = "Plotly.NET.GenericChart";
    private const string XPlot = "XPlot.Plotly.PlotlyChart";

    /// <summary>Converts a chart of these libraries; null for any other value.</summary>
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
                $"{type.FullName} of {type.Assembly.GetName()} has no method {method} that returns a string. Use another version of it.");

    // XPlot exposes its traces only as script, `var data = …; var layout = …;`, so they are parsed from there.
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

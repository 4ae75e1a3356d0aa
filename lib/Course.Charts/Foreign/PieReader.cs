using System.Text.Json.Nodes;
using Course.Charts.Plotly;

namespace Course.Charts.Foreign;

/// <summary>
/// Reads a pie trace. By default Plotly puts the largest slice first; without values it counts the labels.
/// </summary>
internal static class PieReader
{
    public static Pie? Read(JsonObject trace)
    {
        var labels = trace.Texts("labels");
        var values = trace["values"] is JsonArray ? trace.Numbers("values") : [.. labels.Select(_ => 1.0)];
        var named = values.Select((value, i) => (Name: i < labels.Length ? PlainText.Of(labels[i]) : $"{i}", Value: value))
            .Where(slice => slice.Value > 0)
            .GroupBy(slice => slice.Name, slice => slice.Value)
            .Select(group => (Name: group.Key, Value: group.Sum()));
        var ordered = trace.Flag("sort") ?? true ? named.OrderByDescending(slice => slice.Value) : named;
        var colors = trace.Texts("marker", "colors");
        return new(
            trace.Text("name"),
            [.. ordered.Select(slice => new Slice(slice.Name, slice.Value, colors.ElementAtOrDefault(Array.IndexOf(labels, slice.Name))))],
            trace.Number("hole") ?? 0);
    }
}

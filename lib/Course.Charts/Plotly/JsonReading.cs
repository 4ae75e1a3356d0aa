using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Charts.Plotly;

/// <summary>Reads optional fields of a figure. A field of the wrong type counts as absent.</summary>
internal static class JsonReading
{
    public static JsonNode? At(this JsonObject from, params ReadOnlySpan<string> path)
    {
        JsonNode? node = from;
        foreach (var name in path)
            node = (node as JsonObject)?[name];
        return node;
    }

    public static string? Text(this JsonObject from, params ReadOnlySpan<string> path) =>
        from.At(path) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static double? Number(this JsonObject from, params ReadOnlySpan<string> path) => AsNumber(from.At(path));

    public static bool? Flag(this JsonObject from, params ReadOnlySpan<string> path) =>
        from.At(path) is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    /// <summary>The items of an array as strings; empty if there is no array.</summary>
    public static string[] Texts(this JsonObject from, params ReadOnlySpan<string> path) =>
        from.At(path) is JsonArray array ? [.. array.Select(AsText)] : [];

    /// <summary>The items of an array as numbers, NaN for items that are not; empty if there is no array.</summary>
    public static double[] Numbers(this JsonObject from, params ReadOnlySpan<string> path) =>
        from.At(path) is JsonArray array ? Numbers(array) : [];

    /// <summary>The items of an array as numbers, NaN for items that are not.</summary>
    public static double[] Numbers(JsonArray array) => [.. array.Select(item => AsNumber(item) ?? double.NaN)];

    public static bool AreNumbers(this JsonArray array) => array.All(item => item is null || item.GetValueKind() == JsonValueKind.Number);

    private static double? AsNumber(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;

    private static string AsText(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString() ?? "";
}

using System.Text.Json.Nodes;

namespace Course.Kernel.Notebooks;

/// <summary>
/// nbformat's "multiline string": one string, or an array of lines with their line breaks. Both forms are read; the array is written,
/// because line-based diffs show it well.
/// </summary>
public static class MultilineText
{
    /// <exception cref="FormatException">The node is neither a string nor an array of strings.</exception>
    public static string Read(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonArray lines => string.Concat(lines.Select(Line)),
        _ => throw new FormatException("expected a string or an array of strings"),
    };

    public static JsonArray Write(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)text[start..next]);
            start = next;
        }

        return lines;
    }

    private static string Line(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new FormatException("expected a string or an array of strings");
}

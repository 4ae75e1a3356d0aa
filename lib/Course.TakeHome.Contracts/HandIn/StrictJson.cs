using System.Text.Json;

namespace Course.TakeHome.Contracts;

/// <summary>
/// Reads the course's own JSON formats from files that somebody may have changed. None of these formats has a <c>null</c> in a list.
/// </summary>
public static class StrictJson
{
    /// <summary>Parses a JSON text.</summary>
    /// <param name="text">The text, with or without a byte order mark: some editors write one.</param>
    /// <param name="options">The serializer options of the format.</param>
    /// <exception cref="JsonException">The text is not of this format, is <c>null</c>, or has a <c>null</c> in a list.</exception>
    public static T Read<T>(string text, JsonSerializerOptions options)
        where T : class
    {
        text = text.TrimStart('\uFEFF');
        using (var json = JsonDocument.Parse(text))
            RequireNoNulls(json.RootElement, "$");
        return JsonSerializer.Deserialize<T>(text, options)!;
    }

    private static void RequireNoNulls(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Null && (path == "$" || path[^1] == ']'))
            throw new JsonException($"There is a null at {path}.");
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var (index, item) in element.EnumerateArray().Index())
                RequireNoNulls(item, $"{path}[{index}]");
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject())
                RequireNoNulls(property.Value, $"{path}.…");
    }
}

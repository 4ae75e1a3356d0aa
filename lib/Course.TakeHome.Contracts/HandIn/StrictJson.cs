using System.Text.Json;

namespace Course.TakeHome.Contracts;

/// <summary>
/// JSON of the course's own formats, read back from a file that somebody may have changed. None of them has an empty place in a list.
/// </summary>
public static class StrictJson
{
    /// <param name="text">With or without a byte order mark: some editors write one.</param>
    /// <param name="options">Of the format.</param>
    /// <exception cref="JsonException">The text is no such JSON, is <c>null</c>, or holds a list with a <c>null</c> in it.</exception>
    public static T Read<T>(string text, JsonSerializerOptions options)
        where T : class
    {
        text = text.TrimStart('\uFEFF');
        using (var json = JsonDocument.Parse(text))
            RequireNoEmptyPlace(json.RootElement, "$");
        return JsonSerializer.Deserialize<T>(text, options)!;
    }

    private static void RequireNoEmptyPlace(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Null && (path == "$" || path[^1] == ']'))
            throw new JsonException($"There is nothing at {path}.");
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var (index, item) in element.EnumerateArray().Index())
                RequireNoEmptyPlace(item, $"{path}[{index}]");
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject())
                RequireNoEmptyPlace(property.Value, $"{path}.…");
    }
}

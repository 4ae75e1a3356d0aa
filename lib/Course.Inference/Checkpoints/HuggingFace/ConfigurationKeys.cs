using System.Text.Json;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>
/// Reads the keys of a JSON object. Errors about a missing or wrong value name the file and the key. JSON's null counts as absent.
/// </summary>
internal readonly struct ConfigurationKeys(string path, JsonElement json)
{
    public bool Has(string key) => Find(key) is not null;

    public int Int(string key) => OptionalInt(key) ?? throw Missing(key);

    public int? OptionalInt(string key) => Find(key) is { } value ? AsInt(key, value) : null;

    /// <summary>The numbers of a key that is a number or a list of numbers; empty if it is absent.</summary>
    public int[] Ints(string key)
    {
        if (Find(key) is not { } value)
            return [];
        var self = this;
        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => self.AsInt(key, item))]
            : [AsInt(key, value)];
    }

    public double? OptionalDouble(string key) =>
        Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number
        : throw Wrong(key, "a number", value);

    public bool? OptionalBool(string key) => Find(key) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(key, "true or false", value),
    };

    public string? OptionalString(string key) =>
        Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Wrong(key, "a string", value);

    public IEnumerable<string> Strings(string key)
    {
        if (Find(key) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw Wrong(key, "a list of strings", value);
        return value.EnumerateArray().Select(item => item.GetString()!);
    }

    public ConfigurationKeys? OptionalObject(string key) =>
        Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new(path, value)
        : throw Wrong(key, "an object", value);

    /// <summary>The keys that are present and not null.</summary>
    public IEnumerable<string> Names =>
        json.EnumerateObject().Where(pair => pair.Value.ValueKind != JsonValueKind.Null).Select(pair => pair.Name);

    public FileException Unknown(string key) => new(
        path, $"the key {Quote(key)} is unknown and may change what the model computes.",
        "Choose another checkpoint; or take the key out, if you know that it does not matter.");

    /// <summary>
    /// The error for a key that asks for something not implemented. It must be refused: to ignore it would yield wrong text.
    /// </summary>
    public FileException Unsupported(string key, string got, string expected) => new(
        path, $"\"{key}\" is {got}, where {expected} was expected.",
        "This project runs plain Llama-style decoders: choose another checkpoint.");

    private int AsInt(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(key, "a whole number", value);

    private JsonElement? Find(string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private FileException Missing(string key) =>
        new(path, $"the key \"{key}\" is missing.",
            "A Llama configuration needs it: copy config.json again from where the weights came from.");

    private FileException Wrong(string key, string expected, JsonElement value) =>
        new(path, $"\"{key}\" is {Quote(value.GetRawText())}, where {expected} was expected.",
            $"Correct {Path.GetFileName(path)}, or copy it again.");
}

using System.Text.Json;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>Reads keys of one JSON object; a wrong kind of value names file and key. A null means that the key is not there.</summary>
internal readonly struct ConfigurationKeys(string path, JsonElement json)
{
    public bool Has(string key) => Find(key) is not null;

    public int Int(string key) => OptionalInt(key) ?? throw Missing(key);

    public int? OptionalInt(string key) => Find(key) is { } value ? AsInt(key, value) : null;

    /// <summary>A number, a list of numbers, or nothing.</summary>
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

    /// <summary>The keys that are there and not null.</summary>
    public IEnumerable<string> Names =>
        json.EnumerateObject().Where(pair => pair.Value.ValueKind != JsonValueKind.Null).Select(pair => pair.Name);

    public FileException Unknown(string key) => new(
        path, $"the key {Quote(key)} is not known here, and may change what the model computes.",
        "Choose another checkpoint; or take the key out, if you know that it does not matter.");

    /// <summary>
    /// The feature that <paramref name="key"/> asks for is not implemented: refused, because ignoring it gives wrong text.
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

using System.Text.Json;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Files;

/// <summary>A value in a JSON file that knows its file and key, so that every error message names both.</summary>
internal readonly record struct JsonValue(string File, string Key, JsonElement Element)
{
    /// <exception cref="FileException">The file cannot be read, or is not one JSON object in UTF-8 without duplicate names.</exception>
    public static JsonValue Read(string path) => ReadJson(path, root => new JsonValue(path, "", root.Clone()));

    /// <summary>The member of an object; null where it is absent or JSON's null.</summary>
    public JsonValue? Optional(string name)
    {
        Require(JsonValueKind.Object);
        return Element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? Member(name, member) : null;
    }

    public JsonValue this[string name] => Optional(name) ?? throw Wrong($"has no {Quote(name)}");

    public IEnumerable<(string Name, JsonValue Value)> Members()
    {
        Require(JsonValueKind.Object);
        foreach (var property in Element.EnumerateObject())
            yield return (property.Name, Member(property.Name, property.Value));
    }

    public IEnumerable<JsonValue> Items()
    {
        Require(JsonValueKind.Array);
        var index = 0;
        foreach (var item in Element.EnumerateArray())
            yield return new(File, $"{Key}[{index++}]", item);
    }

    public string AsString()
    {
        Require(JsonValueKind.String);
        try
        {
            return Element.GetString()!;
        }
        // An escape can spell half of a surrogate pair. Names were read when the file was parsed; values are read only now.
        catch (InvalidOperationException e)
        {
            throw new FileException(File, $"{Quote(Key)} is not Unicode: it has half of a surrogate pair.", Damaged, e);
        }
    }

    public int AsInt32() =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var number)
            ? number
            : throw Wrong($"must be a whole number, not {Shortened()}");

    public bool AsBoolean() =>
        Element.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? Element.GetBoolean()
            : throw Wrong($"must be true or false, not {Element.ValueKind}");

    /// <summary>
    /// The error for a value that asks for something not implemented. It must be refused: to ignore it would yield other token ids.
    /// </summary>
    public FileException Unsupported(string supported) =>
        new(File, $"{Quote(Key)} is {Shortened()}; supported: {supported}.", "Choose another checkpoint.");

    private FileException Wrong(string what) =>
        new(File, $"{(Key.Length == 0 ? "the file" : Quote(Key))} {what}.", "Is it a tokenizer? " + Damaged);

    private void Require(JsonValueKind kind)
    {
        if (Element.ValueKind != kind)
            throw Wrong($"must be of kind {kind}, not {Element.ValueKind}");
    }

    private JsonValue Member(string name, JsonElement member) => new(File, Key.Length == 0 ? name : $"{Key}.{name}", member);

    private string Shortened() => SafeText.Line(Element.GetRawText(), SafeText.NameLength);
}

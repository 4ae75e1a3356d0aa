using System.Globalization;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>The metadata of a GGUF file, by key. Errors about a missing or wrong value name the file and the key.</summary>
internal sealed class GgufMetadata(string path, IReadOnlyDictionary<string, object> values)
{
    /// <summary>All keys and values, as read from the file.</summary>
    public IReadOnlyDictionary<string, object> Values => values;

    public bool Has(string key) => values.ContainsKey(key);

    public int Int(string key) => OptionalInt(key) ?? throw Missing(key);

    /// <summary>The value of any integer type of the format; null if the key is absent.</summary>
    public int? OptionalInt(string key) => values.GetValueOrDefault(key) switch
    {
        null => null,
        byte or sbyte or ushort or short or int => Convert.ToInt32(values[key], CultureInfo.InvariantCulture),
        uint number when number <= int.MaxValue => (int)number,
        ulong number when number <= int.MaxValue => (int)number,
        long number when number is >= int.MinValue and <= int.MaxValue => (int)number,
        var other => throw Wrong(key, "a whole number", other),
    };

    public double? OptionalDouble(string key) => values.GetValueOrDefault(key) switch
    {
        null => null,
        // By way of decimal digits: a value that was written as 1e-5 becomes 1e-5 again, not 9.99999974e-6.
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        double number => number,
        bool or string or Array => throw Wrong(key, "a number", values[key]),
        var whole => Convert.ToDouble(whole, CultureInfo.InvariantCulture),
    };

    public double Double(string key) => OptionalDouble(key) ?? throw Missing(key);

    public bool? OptionalBool(string key) => values.GetValueOrDefault(key) switch
    {
        null => null,
        bool truth => truth,
        var other => throw Wrong(key, "true or false", other),
    };

    public string Text(string key) => OptionalText(key) ?? throw Missing(key);

    public string? OptionalText(string key) => values.GetValueOrDefault(key) switch
    {
        null => null,
        string text => text,
        var other => throw Wrong(key, "a text", other),
    };

    /// <summary>An array whose elements are <typeparamref name="T"/>.</summary>
    public T[] Items<T>(string key) => values.GetValueOrDefault(key) switch
    {
        null => throw Missing(key),
        T[] items => items,
        var other => throw Wrong(key, $"an array of {typeof(T).Name}", other),
    };

    /// <summary>Checks that every key with this prefix is known.</summary>
    /// <exception cref="FileException">A key with the prefix is unknown, so it might change what the model computes.</exception>
    public void RequireKnown(string prefix, IEnumerable<string> known)
    {
        var names = known.ToHashSet(StringComparer.Ordinal);
        if (values.Keys.FirstOrDefault(key => key.StartsWith(prefix, StringComparison.Ordinal) && !names.Contains(key)) is { } unknown)
            throw new FileException(
                path, $"the key {Quote(unknown)} is unknown and may change what the model computes.",
                "Choose another file; or convert the model again without the key, if you know that it does not matter.");
    }

    public FileException Unsupported(string key, string got, string expected) => new(
        path, $"\"{key}\" is {got}, where {expected} was expected.", "This project runs plain Llama-style decoders: choose another file.");

    private FileException Missing(string key) =>
        new(path, $"the key \"{key}\" is missing.", "Convert the model again with a current converter.");

    private FileException Wrong(string key, string expected, object value)
    {
        var got = value is Array array
            ? $"an array of {array.Length} {array.GetType().GetElementType()!.Name}"
            : Quote(Convert.ToString(value, CultureInfo.InvariantCulture)!);
        return new(
            path, $"{Quote(key)} is {got}, where {expected} was expected.", "Convert the model again with a current converter.");
    }
}

using System.Text.Json;
using System.Text.Unicode;

namespace Course.Inference.Files;

/// <summary>
/// Opens and parses the files of a checkpoint. They come from outside, so every failure is reported as a <see cref="FileException"/> that
/// names the file.
/// </summary>
internal static class CheckpointFile
{
    public const string Damaged = "The file is damaged or was cut short: download or copy it again.";

    /// <summary>In bytes. No real description in a checkpoint is larger; a hostile one could otherwise fill the memory.</summary>
    public const int LargestText = 100_000_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static FileStream Open(string path) => PlainFile.Open(
        path,
        (problem, remedy, inner) => inner is null
            ? new FileException(path, problem, remedy)
            : new FileException(path, problem, remedy, inner));

    /// <summary>Reads a whole JSON file and hands its root object to <paramref name="build"/>.</summary>
    public static T ReadJson<T>(string path, Func<JsonElement, T> build) => ParseJson(path, ReadAllBytes(path), build);

    /// <summary>Reads the whole of a file that holds a description, not weights.</summary>
    public static byte[] ReadAllBytes(string path)
    {
        using var stream = Open(path);
        if (stream.Length > LargestText)
            throw new FileException(path, $"the file has {stream.Length} bytes, where at most {LargestText} were expected.", Damaged);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Parses bytes of unknown origin and hands their root object to <paramref name="build"/>.</summary>
    /// <exception cref="FileException">The bytes are anything but one well-formed JSON object in UTF-8.</exception>
    public static T ParseJson<T>(string path, ReadOnlyMemory<byte> utf8, Func<JsonElement, T> build)
    {
        try
        {
            if (!Utf8.IsValid(utf8.Span))
                throw new JsonException("it is not UTF-8");
            using var document = JsonDocument.Parse(utf8, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new JsonException($"it is of kind {document.RootElement.ValueKind}");
            return build(document.RootElement);
        }
        // InvalidOperationException: an escape that is not a character, which is found only when the string is read.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FileException(path, $"expected one JSON object; {SafeText.Line(e.Message).TrimEnd('.')}.", Damaged, e);
        }
    }

    /// <summary>A name from a file, made safe for a message.</summary>
    public static string Quote(string name) => SafeText.Quote(name);
}

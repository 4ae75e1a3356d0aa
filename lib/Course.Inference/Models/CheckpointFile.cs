using System.Text.Json;
using System.Text.Unicode;

namespace Course.Inference.Models;

/// <summary>How files of a checkpoint are opened and parsed: they come from outside, so every failure is the file's and says so.</summary>
internal static class CheckpointFile
{
    public const string Damaged = "The file is damaged or was cut short: download or copy it again.";

    /// <summary>No honest JSON part of a checkpoint is larger, and more would only serve to fill the memory.</summary>
    public const int LargestJson = 100_000_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static FileStream Open(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CheckpointException(path, "the file cannot be read.", $"Check that it is there and readable ({Reason(e)}).", e);
        }
    }

    /// <summary>Reads a whole JSON file and hands its root object to <paramref name="build"/>.</summary>
    public static T ReadJson<T>(string path, Func<JsonElement, T> build)
    {
        using var stream = Open(path);
        if (stream.Length > LargestJson)
            throw new CheckpointException(path, $"the file has {stream.Length} bytes, where at most {LargestJson} bytes of JSON were expected.", Damaged);
        var utf8 = new byte[stream.Length];
        stream.ReadExactly(utf8);
        return ParseJson(path, utf8, build);
    }

    /// <summary>Parses bytes of unknown origin: anything but one well-formed JSON object is the file's error, not the program's.</summary>
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
        // InvalidOperationException: an escape that is no character, found only when the string is asked for.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(path, $"expected one JSON object; {e.Message.TrimEnd('.')}.", Damaged, e);
        }
    }

    /// <summary>A name from a file as it may appear in a message.</summary>
    public static string Quote(string name) => SafeText.Quote(name);

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "access is denied",
        _ => e.Message,
    };
}

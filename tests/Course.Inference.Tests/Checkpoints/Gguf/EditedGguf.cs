using Course.Inference.Checkpoints.Gguf;

namespace Course.Inference.Tests.Checkpoints.Gguf;

/// <summary>Copies of a GGUF file in which only the metadata differs, so that a test is about a single key.</summary>
internal static class EditedGguf
{
    /// <summary>A small model that another program has written.</summary>
    public static string Small => SharedData.Path("data", "models", "stories260K", "stories260K.gguf");

    public static string Write(string original, string copy, Action<Dictionary<string, object>> edit, bool tensors = true)
    {
        using var file = GgufFile.Open(original);
        var values = file.Header.Metadata.Values.ToDictionary();
        edit(values);
        var bytes = File.ReadAllBytes(original);
        GgufWriter.Write(copy, [.. values.Select(pair => new GgufPair(pair.Key, pair.Value))],
            [.. file.Header.Entries.Where(_ => tensors).Select(pair => new GgufPart(
                pair.Key, pair.Value.Shape, pair.Value.Type,
                stream => stream.Write(bytes, (int)pair.Value.Offset, (int)pair.Value.Bytes)))]);
        return copy;
    }
}

using System.Text.Json;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.Safetensors;

/// <summary>A tensor's entry in the header of a safetensors file.</summary>
/// <param name="Type">The element type by its name in the format: F32, F16, BF16, I64, …</param>
/// <param name="Shape">The sizes, slowest dimension first.</param>
/// <param name="Offset">The offset of the tensor's bytes from the start of the file.</param>
/// <param name="Bytes">The number of the tensor's bytes.</param>
public readonly record struct SafetensorsEntry(string Type, IReadOnlyList<long> Shape, long Offset, long Bytes);

/// <summary>
/// The header of a safetensors file: 8 bytes of length N (little-endian), N bytes of JSON, then the tensors' bytes without gaps.
/// Format: github.com/huggingface/safetensors. Every claim is checked against the file's length before it is used.
/// </summary>
internal static class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";
    public const int LengthBytes = sizeof(ulong);

    public static Dictionary<string, SafetensorsEntry> Parse(string path, ReadOnlyMemory<byte> json, long fileLength)
    {
        var begin = LengthBytes + json.Length;
        var entries = ParseJson(path, json, root => root.EnumerateObject()
            .Where(property => property.Name != MetadataKey)
            .ToDictionary(property => property.Name, property => Entry(path, property, begin), StringComparer.Ordinal));
        RequireSeamless(path, entries, begin, fileLength);
        return entries;
    }

    private static SafetensorsEntry Entry(string path, JsonProperty property, long begin)
    {
        var (name, value) = (property.Name, property.Value);
        FileException Fault(string problem) => new(path, $"tensor {Quote(name)} {problem}.", Damaged);

        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out var type) || type.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out var sizes) || !TryGetSizes(sizes, out var shape)
            || !value.TryGetProperty("data_offsets", out var offsets) || !TryGetSizes(offsets, out var span) || span.Length != 2)
            throw Fault("needs a dtype, a shape of non-negative sizes and two data_offsets");
        if (!SafetensorsType.TryGetBits(type.GetString()!, out var bits))
            throw Fault($"has the unknown dtype {Quote(type.GetString()!)}");
        if (!TryGetBytes(shape, bits, out var bytes) || span[1] - span[0] != bytes)
            throw Fault(
                $"of {type.GetString()} [{SafeText.Line(string.Join(", ", shape), SafeText.NameLength)}] does not fit " +
                $"its data_offsets [{span[0]}, {span[1]}]");
        if (span[0] > long.MaxValue - begin)
            throw Fault($"begins at {span[0]}, beyond the end of any file");
        return new(type.GetString()!, shape, begin + span[0], bytes);
    }

    private static bool TryGetSizes(JsonElement element, out long[] sizes)
    {
        sizes = [];
        if (element.ValueKind != JsonValueKind.Array)
            return false;
        sizes = [.. element.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out var size) ? size : -1)];
        return sizes.All(size => size >= 0);
    }

    private static bool TryGetBytes(long[] shape, int bits, out long bytes)
    {
        try
        {
            var total = shape.Aggregate((long)bits, (product, size) => checked(product * size));
            bytes = total / 8;
            return total % 8 == 0;
        }
        catch (OverflowException)
        {
            bytes = 0;
            return false;
        }
    }

    /// <summary>
    /// Checks that the tensors cover the file without overlap, gap or rest: each begins where the one before ends, and the last ends with
    /// the file.
    /// </summary>
    private static void RequireSeamless(string path, Dictionary<string, SafetensorsEntry> entries, long begin, long fileLength)
    {
        var end = begin;
        foreach (var (name, entry) in entries.OrderBy(pair => pair.Value.Offset).ThenBy(pair => pair.Value.Bytes))
        {
            if (entry.Offset != end)
                throw new FileException(path, $"tensor {Quote(name)} begins at byte {entry.Offset}, where {end} was expected.", Damaged);
            end = entry.Offset > long.MaxValue - entry.Bytes ? long.MaxValue : entry.Offset + entry.Bytes;
        }

        if (end != fileLength)
            throw new FileException(path, $"its header describes {end} bytes, but the file has {fileLength}.", Damaged);
    }
}

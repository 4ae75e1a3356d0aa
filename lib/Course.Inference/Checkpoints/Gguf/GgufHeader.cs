using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>A tensor's entry in the header of a GGUF file.</summary>
/// <param name="Type">The storage type of the elements.</param>
/// <param name="Shape">The sizes, slowest dimension first.</param>
/// <param name="Offset">The offset of the tensor's bytes from the start of the file.</param>
internal readonly record struct GgufEntry(GgufType Type, IReadOnlyList<long> Shape, long Offset)
{
    public long Bytes => Type.Bytes(Shape);
}

/// <summary>
/// The header: magic number, version, counts, metadata, tensors. Every claim is checked against the file's length before it is used.
/// </summary>
internal sealed record GgufHeader(GgufMetadata Metadata, IReadOnlyDictionary<string, GgufEntry> Entries)
{
    private const int LeastBytesOfPair = 8 + 4 + 1, LeastBytesOfTensor = 8 + 4 + 8 + 4 + 8, LargestAlignment = 1 << 16;

    public static GgufHeader Read(string path, FileStream stream)
    {
        // The header consists of many small values; the file itself is opened without a buffer, because tensors are read in large pieces.
        var reader = new GgufReader(path, new BufferedStream(stream, 1 << 16), stream.Length);
        RequireVersion(path, reader);
        var (tensors, pairs) = (reader.UInt64("the number of tensors"), reader.UInt64("the number of keys"));
        if (tensors > (ulong)(reader.Left / LeastBytesOfTensor) || pairs > (ulong)(reader.Left / LeastBytesOfPair))
            throw reader.Fault(
                $"the header claims {tensors} tensors and {pairs} keys, more than the remaining {reader.Left} bytes can hold");
        var values = ReadPairs(reader, pairs);
        var metadata = new GgufMetadata(path, values);
        var entries = ReadTensors(path, reader, tensors);
        var alignment = Alignment(metadata);
        return new(metadata, Placed(path, entries, alignment, reader.Position, stream.Length));
    }

    private static void RequireVersion(string path, GgufReader reader)
    {
        if (reader.UInt32("the magic number") is var magic && magic != GgufFormat.Magic)
            throw new FileException(path, $"it begins with 0x{magic:X8}, where the letters GGUF were expected.",
                "It is not a GGUF file: name another.");
        var version = reader.UInt32("the version");
        if (version is 0x01000000 or 0x02000000 or 0x03000000)
            throw new FileException(path, "it is a big-endian GGUF file, and only little-endian ones are read.",
                "Convert the model again on, or for, an ordinary machine.");
        if (version != GgufFormat.Version)
            throw new FileException(path, $"it is GGUF version {version}, where version {GgufFormat.Version} was expected.",
                "Convert the model again with a current converter.");
    }

    private static Dictionary<string, object> ReadPairs(GgufReader reader, ulong count)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        for (ulong i = 0; i < count; i++)
        {
            var key = reader.Text("a key");
            if (!values.TryAdd(key, reader.Value(Quote(key))))
                throw reader.Fault($"the key {Quote(key)} occurs twice");
        }

        return values;
    }

    /// <summary>The offsets in the result are still those of the file, which count from the first tensor.</summary>
    private static Dictionary<string, GgufEntry> ReadTensors(string path, GgufReader reader, ulong count)
    {
        var entries = new Dictionary<string, GgufEntry>(StringComparer.Ordinal);
        for (ulong i = 0; i < count; i++)
        {
            var name = reader.Text("a tensor's name");
            if (!entries.TryAdd(name, Entry(path, reader, Quote(name))))
                throw reader.Fault($"the tensor {Quote(name)} occurs twice");
        }

        return entries;
    }

    private static GgufEntry Entry(string path, GgufReader reader, string name)
    {
        var dimensions = reader.UInt32($"the dimensions of {name}");
        if (dimensions is < 1 or > GgufFormat.MostDimensions)
            throw reader.Fault($"tensor {name} claims {dimensions} dimensions, where 1 to {GgufFormat.MostDimensions} were expected");
        var shape = new long[dimensions];
        for (var i = shape.Length - 1; i >= 0; i--) // the file lists the fastest dimension first
            shape[i] = Size(reader, name);
        var type = GgufTypes.WithId(path, name, reader.UInt32($"the type of {name}"));
        var offset = reader.UInt64($"the offset of {name}");
        if (shape[^1] % type.BlockSize != 0)
            throw reader.Fault(
                $"tensor {name} has rows of {shape[^1]}, which is not a multiple of the {type.BlockSize} elements of a {type.Name} block");
        if (!Fits(type, shape, reader.Left) || offset > (ulong)reader.Left)
            throw reader.Fault(
                $"tensor {name}, {type.Name} [{string.Join(", ", shape)}] at {offset}, reaches beyond the file, " +
                $"of which {reader.Left} bytes are left");
        return new(type, shape, (long)offset);
    }

    private static long Size(GgufReader reader, string name)
    {
        var size = reader.UInt64($"a size of {name}");
        return size is > 0 and <= long.MaxValue ? (long)size : throw reader.Fault($"tensor {name} has the size {size}");
    }

    private static bool Fits(GgufType type, long[] shape, long left)
    {
        try
        {
            return type.Bytes(shape) <= left;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static int Alignment(GgufMetadata metadata)
    {
        var alignment = metadata.OptionalInt(GgufFormat.AlignmentKey) ?? GgufFormat.Alignment;
        return alignment is >= 8 and <= LargestAlignment && int.IsPow2(alignment)
            ? alignment
            : throw metadata.Unsupported(GgufFormat.AlignmentKey, $"{alignment}", $"a power of two from 8 to {LargestAlignment}");
    }

    private static long Aligned(long bytes, int alignment) => (bytes + alignment - 1) / alignment * alignment;

    /// <summary>
    /// Checks the offsets: every tensor begins at the first aligned byte after the one before, and only padding follows the last.
    /// Returns the entries with offsets from the start of the file.
    /// </summary>
    private static Dictionary<string, GgufEntry> Placed(
        string path, Dictionary<string, GgufEntry> entries, int alignment, long headerEnd, long fileLength)
    {
        var begin = Aligned(headerEnd, alignment);
        var (placed, end) = (new Dictionary<string, GgufEntry>(StringComparer.Ordinal), begin);
        foreach (var (name, entry) in entries.OrderBy(pair => pair.Value.Offset))
        {
            if (begin + entry.Offset != Aligned(end, alignment))
                throw new FileException(
                    path,
                    $"tensor {Quote(name)} begins {entry.Offset} bytes after the header, where {Aligned(end, alignment) - begin} was " +
                    "expected: tensors may not overlap, leave gaps or be misaligned.", Damaged);
            placed.Add(name, entry with { Offset = begin + entry.Offset });
            end = begin + entry.Offset + entry.Bytes;
        }

        // A file with only a vocabulary may end with its header, without padding.
        var least = entries.Count == 0 ? Math.Min(end, headerEnd) : end;
        return least <= fileLength && fileLength <= Aligned(end, alignment)
            ? placed
            : throw new FileException(path, $"its header describes {end} bytes, but the file has {fileLength}.", Damaged);
    }
}

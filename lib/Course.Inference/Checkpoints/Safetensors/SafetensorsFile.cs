using System.Buffers.Binary;
using Course.Inference.Files;
using static Course.Inference.Files.CheckpointFile;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Safetensors;

/// <summary>An open safetensors file with a checked header. Tensors are read one at a time, on request.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly FileStream stream;

    private SafetensorsFile(string path, FileStream stream, IReadOnlyDictionary<string, SafetensorsEntry> entries) =>
        (Path, this.stream, Entries) = (path, stream, entries);

    public string Path { get; }

    /// <summary>The entries of the file's tensors, by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="FileException">
    /// The file is missing, or its header is inconsistent in itself or with the file's length.
    /// </exception>
    public static SafetensorsFile Open(string path)
    {
        var stream = CheckpointFile.Open(path);
        try
        {
            return new(path, stream, SafetensorsHeader.Parse(path, ReadHeader(path, stream), stream.Length));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static byte[] ReadHeader(string path, FileStream stream)
    {
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.LengthBytes];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
            throw new FileException(
                path, $"a safetensors file begins with an 8-byte length, but this one has only {stream.Length} bytes.", Damaged);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LargestText || (long)length > stream.Length - prefix.Length)
            throw new FileException(
                path, $"it claims a header of {length} bytes; the file has {stream.Length} and a header at most {LargestText}.",
                "It is not a safetensors file, or it was cut short: download or copy it again.");
        var json = new byte[length];
        stream.ReadExactly(json);
        return json;
    }

    /// <summary>Reads the tensor <paramref name="name"/> into host memory, in the type that the file stores: F32, F16 or BF16.</summary>
    /// <exception cref="FileException">
    /// There is no such tensor, its type is not one of weights, or the file has become shorter.
    /// </exception>
    public Tensor Read(string name)
    {
        if (!Entries.TryGetValue(name, out var entry))
            throw new FileException(Path, $"there is no tensor {Quote(name)}.", "Check that the file belongs to this model.");
        if (!SafetensorsType.TryGetWeightType(entry.Type, out var type))
            throw new FileException(
                Path, $"tensor {Quote(name)} is of type {entry.Type}, where weights of type F32, F16 or BF16 were expected.",
                "Export the checkpoint again in one of these; quantised checkpoints are not read.");
        try
        {
            return TensorBytes.Read(stream.SafeFileHandle, entry.Offset, entry.Shape, type);
        }
        catch (IOException e)
        {
            throw new FileException(Path, $"tensor {Quote(name)} cannot be read ({e.Message.TrimEnd('.')}).", Damaged, e);
        }
    }

    public void Dispose() => stream.Dispose();
}

using System.Runtime.InteropServices;
using Course.Inference.Files;
using Course.Inference.Quantization;
using static Course.Inference.Files.CheckpointFile;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>An open GGUF file with a checked header. Tensors are read one at a time, on request.</summary>
internal sealed class GgufFile : IDisposable
{
    private readonly FileStream stream;

    private GgufFile(string path, FileStream stream, GgufHeader header) => (Path, this.stream, Header) = (path, stream, header);

    public string Path { get; }

    public GgufHeader Header { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="FileException">
    /// The file is missing, is not GGUF, or its header is inconsistent in itself or with the file's length.
    /// </exception>
    public static GgufFile Open(string path)
    {
        var stream = CheckpointFile.Open(path);
        try
        {
            return new(path, stream, GgufHeader.Read(path, stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file begins with the magic number of GGUF.</summary>
    public static bool Is(string path)
    {
        using var stream = CheckpointFile.Open(path);
        Span<byte> magic = stackalloc byte[4];
        return stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && MemoryMarshal.Read<uint>(magic) == GgufFormat.Magic;
    }

    /// <summary>Reads a tensor into host memory: F16 as Float16, every other type as Float32.</summary>
    public Tensor Read(string name)
    {
        var entry = Header.Entries[name];
        using var scope = NewDisposeScope();
        if (entry.Type == GgufType.F32 || entry.Type == GgufType.F16)
            return Bytes(name, entry.Shape, entry.Type == GgufType.F32 ? ScalarType.Float32 : ScalarType.Float16).MoveToOuterDisposeScope();
        if (entry.Type == GgufType.Q4_0)
        {
            using var matrix = ReadInt4(name);
            return matrix.Dequantize().view([.. entry.Shape]).MoveToOuterDisposeScope();
        }

        var values = empty([.. entry.Shape], ScalarType.Float32);
        RowPieces.ForEach(
            piece => GgufBlocks.DecodeQ8(piece[0].bytes, MemoryMarshal.Cast<byte, float>(piece[1].bytes)), Blocks(name, entry),
            values.view(-1, entry.Shape[^1]));
        return values.MoveToOuterDisposeScope();
    }

    /// <summary>Reads a Q4_0 matrix bit for bit, with groups of 32.</summary>
    public Int4Matrix ReadInt4(string name)
    {
        using var scope = NewDisposeScope();
        var blocks = Blocks(name, Header.Entries[name]); // [rows, in / 32 · 18]
        var (rows, inputs) = (blocks.shape[0], Header.Entries[name].Shape[^1]);
        var (nibbles, scales) = (empty([rows, inputs / 2], ScalarType.Byte), empty([rows, inputs / Int4Matrix.Block], ScalarType.Float16));
        RowPieces.ForEach(piece => GgufBlocks.SplitQ4(piece[0].bytes, piece[1].bytes, piece[2].bytes), blocks, nibbles, scales);
        return new(nibbles, scales, Int4Matrix.Block);
    }

    public void Dispose() => stream.Dispose();

    private Tensor Blocks(string name, GgufEntry entry)
    {
        var rows = entry.Shape.SkipLast(1).Aggregate(1L, (product, size) => product * size);
        return Bytes(name, [rows, entry.Shape[^1] / entry.Type.BlockSize * entry.Type.BlockBytes], ScalarType.Byte);
    }

    private Tensor Bytes(string name, IReadOnlyList<long> shape, ScalarType type)
    {
        try
        {
            return TensorBytes.Read(stream.SafeFileHandle, Header.Entries[name].Offset, shape, type);
        }
        catch (IOException e)
        {
            throw new FileException(Path, $"tensor {Quote(name)} cannot be read ({e.Message.TrimEnd('.')}).", Damaged, e);
        }
    }
}

using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints;

/// <summary>
/// Moves bytes between files and tensors, in pieces: the length of a span is an int, and matrices of real models exceed 2 GB.
/// </summary>
internal static class TensorBytes
{
    private const long PieceElements = 1 << 22;

    /// <summary>Reads a new tensor from the file at <paramref name="offset"/>. Its memory is not initialised before.</summary>
    /// <exception cref="EndOfStreamException">The file is shorter than it was when its length was checked.</exception>
    public static Tensor Read(SafeFileHandle file, long offset, IReadOnlyList<long> shape, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var tensor = empty([.. shape], type);
        ForEachPiece(tensor, bytes =>
        {
            for (int done = 0, read; done < bytes.Length; done += read, offset += read)
            {
                read = RandomAccess.Read(file, bytes[done..], offset);
                if (read == 0)
                    throw new EndOfStreamException();
            }
        });
        return tensor.MoveToOuterDisposeScope();
    }

    /// <summary>Writes a contiguous tensor in host memory.</summary>
    public static void Write(Stream stream, Tensor tensor) => ForEachPiece(tensor, bytes => stream.Write(bytes));

    private static void ForEachPiece(Tensor tensor, Action<Span<byte>> act)
    {
        using var flat = tensor.view(-1);
        for (long at = 0; at < flat.numel(); at += PieceElements)
        {
            using var piece = flat.narrow(0, at, Math.Min(PieceElements, flat.numel() - at));
            act(piece.bytes);
        }
    }
}

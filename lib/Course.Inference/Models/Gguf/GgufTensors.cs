using Course.Inference.Quantization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Models.Gguf;

/// <summary>Makes the parts of a file of tensors and quantised matrices. Tensors are converted one at a time, when their turn to be written comes.</summary>
internal static class GgufTensors
{
    /// <summary>Enough rows at once to be quick, few enough to be small beside the matrix.</summary>
    private const long PieceElements = 1 << 20;

    /// <param name="name">In the file.</param>
    /// <param name="tensor">[…, in], any floating type, on any device; it stays the caller's.</param>
    /// <param name="type">What it becomes.</param>
    /// <param name="rows">The order in which its rows are written; null as they are.</param>
    public static GgufPart Part(string name, Tensor tensor, GgufType type, long[]? rows = null) => new(name, tensor.shape, type, stream =>
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var host = Ordered(tensor.detach().cpu(), rows).contiguous();
        if (type == GgufType.F32 || type == GgufType.F16)
            TensorBytes.Write(stream, host.to(type == GgufType.F32 ? ScalarType.Float32 : ScalarType.Float16));
        else if (type == GgufType.Q8_0)
            WritePieces(stream, host.to(ScalarType.Float32), WriteQ8);
        else
            WriteQ4(stream, Int4Matrix.Quantize(host));
    });

    /// <summary>The matrix's own bits: nothing is rounded.</summary>
    /// <exception cref="CourseException">The matrix is not int4 in groups of 32.</exception>
    public static GgufPart Part(string name, IQuantizedMatrix matrix, long[]? rows = null)
    {
        if (matrix is not Int4Matrix { GroupSize: Int4Matrix.Block } four)
            throw new CourseException(
                $"{name}: only int4 in groups of {Int4Matrix.Block} is a GGUF format, Q4_0. Export the model that was quantised, in the type that you want.");
        return new(name, [four.Outputs, four.Inputs], GgufType.Q4_0, stream =>
        {
            using var scope = NewDisposeScope();
            WriteQ4(stream, new(Ordered(four.Nibbles.cpu(), rows).clone(), Ordered(four.Scales.cpu(), rows).clone(), four.GroupSize));
        });
    }

    private static Tensor Ordered(Tensor tensor, long[]? rows) => rows is null ? tensor : tensor.index_select(0, torch.tensor(rows));

    private static void WriteQ8(Stream stream, Tensor piece)
    {
        var blocks = new byte[GgufType.Q8_0.Bytes(piece.shape)];
        GgufBlocks.EncodeQ8(GgufBlocks.Floats(piece.bytes), blocks);
        stream.Write(blocks);
    }

    private static void WriteQ4(Stream stream, Int4Matrix matrix)
    {
        using (matrix)
            WritePieces(stream, matrix.Nibbles, matrix.Scales, (nibbles, scales) =>
            {
                var blocks = new byte[nibbles.numel() / 16 * GgufType.Q4_0.BlockBytes];
                GgufBlocks.JoinQ4(nibbles.bytes, scales.bytes, blocks);
                stream.Write(blocks);
            });
    }

    private static void WritePieces(Stream stream, Tensor matrix, Action<Stream, Tensor> write) =>
        WritePieces(stream, matrix, matrix, (piece, _) => write(stream, piece));

    private static void WritePieces(Stream stream, Tensor first, Tensor second, Action<Tensor, Tensor> write)
    {
        var step = Math.Max(1, PieceElements / first.shape[^1]);
        for (long row = 0; row < first.shape[0]; row += step)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(step, first.shape[0] - row);
            write(first.narrow(0, row, count), second.narrow(0, row, count));
        }
    }
}

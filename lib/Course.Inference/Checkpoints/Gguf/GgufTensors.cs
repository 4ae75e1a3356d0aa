using System.Runtime.InteropServices;
using Course.Inference.Quantization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>
/// Makes the parts of a file of tensors and quantised matrices. Tensors are converted one at a time, when their turn to be written comes.
/// </summary>
internal static class GgufTensors
{
    /// <param name="name">In the file.</param>
    /// <param name="tensor">[…, in], any floating type, on any device; it stays the caller's.</param>
    /// <param name="type">What it becomes.</param>
    /// <param name="rows">The order in which its rows are written; null as they are.</param>
    public static GgufPart Part(string name, Tensor tensor, GgufType type, long[]? rows = null) => new(name, tensor.shape, type, stream =>
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var host = Ordered(tensor.detach().cpu(), rows).contiguous();
        if (type == GgufType.F16)
            Float16Range.Require(name, host);
        if (type == GgufType.Q8_0)
            Float16Range.Require(name, host, weightsPerUnit: Int8Matrix.Largest);
        if (type == GgufType.F32 || type == GgufType.F16)
            TensorBytes.Write(stream, host.to(type == GgufType.F32 ? ScalarType.Float32 : ScalarType.Float16));
        else if (type == GgufType.Q8_0)
            WriteQ8(stream, host.to(ScalarType.Float32));
        else
            WriteQ4(stream, Int4Matrix.Quantize(host));
    });

    /// <summary>The matrix's own bits: nothing is rounded.</summary>
    /// <exception cref="CourseException">The matrix is not int4 in groups of 32.</exception>
    public static GgufPart Part(string name, IQuantizedMatrix matrix, long[]? rows = null)
    {
        if (matrix is not Int4Matrix { GroupSize: Int4Matrix.Block } four)
            throw new CourseException(
                $"{name}: only int4 in groups of {Int4Matrix.Block} is a GGUF format, Q4_0. Export the model that " +
                "was quantised, in the type that you want.");
        return new(name, [four.Outputs, four.Inputs], GgufType.Q4_0, stream =>
        {
            using var scope = NewDisposeScope();
            WriteQ4(stream, new(Ordered(four.Nibbles.cpu(), rows).clone(), Ordered(four.Scales.cpu(), rows).clone(), four.GroupSize));
        });
    }

    private static Tensor Ordered(Tensor tensor, long[]? rows) => rows is null ? tensor : tensor.index_select(0, torch.tensor(rows));

    private static void WriteQ8(Stream stream, Tensor weight) => RowPieces.ForEach(piece =>
    {
        var blocks = new byte[GgufType.Q8_0.Bytes(piece[0].shape)];
        GgufBlocks.EncodeQ8(MemoryMarshal.Cast<byte, float>(piece[0].bytes), blocks);
        stream.Write(blocks);
    }, weight);

    private static void WriteQ4(Stream stream, Int4Matrix matrix)
    {
        using (matrix)
            RowPieces.ForEach(piece =>
            {
                var blocks = new byte[piece[1].numel() * GgufType.Q4_0.BlockBytes];
                GgufBlocks.JoinQ4(piece[0].bytes, piece[1].bytes, blocks);
                stream.Write(blocks);
            }, matrix.Nibbles, matrix.Scales);
    }
}

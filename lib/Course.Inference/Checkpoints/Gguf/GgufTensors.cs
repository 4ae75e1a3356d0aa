using System.Runtime.InteropServices;
using Course.Inference.Quantization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>
/// Makes the tensors of a GGUF file from tensors and quantised matrices. Each is converted only when it is written, one at a time.
/// </summary>
internal static class GgufTensors
{
    /// <summary>A tensor of the file, converted from a tensor.</summary>
    /// <param name="name">The name in the file.</param>
    /// <param name="tensor">[…, in], any floating-point type, on any device; the caller keeps it.</param>
    /// <param name="type">The type in the file.</param>
    /// <param name="rows">The order in which the rows are written; null to keep their order.</param>
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

    /// <summary>A tensor of the file with the bits of a quantised matrix: nothing is rounded.</summary>
    /// <exception cref="CourseException">The matrix is not int4 with groups of 32.</exception>
    public static GgufPart Part(string name, IQuantizedMatrix matrix, long[]? rows = null)
    {
        if (matrix is not Int4Matrix { GroupSize: Int4Matrix.Block } four)
            throw new CourseException(
                $"{name}: of the quantised formats, GGUF has only int4 with groups of {Int4Matrix.Block}, as Q4_0. " +
                "Export the unquantised model in the type that you want.");
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

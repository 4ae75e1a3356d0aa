using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Quantization;

/// <summary>
/// Int4 with one Float16 scale per group of g consecutive inputs: weight[o, i] = (nibble[o, i] − 8) · Scales[o, i / g].
/// Nibbles are packed in blocks of 32 inputs, 16 bytes each, as GGUF's Q4_0 has them: byte j of a block holds input j in its low half
/// and input j + 16 in its high half. With g = 32 it is Q4_0, except that scales and nibbles lie apart.
/// </summary>
public sealed class Int4Matrix : IQuantizedMatrix
{
    /// <summary>Inputs per 16 bytes of nibbles.</summary>
    public const int Block = 32;

    /// <summary>What a nibble is more than the integer it stands for.</summary>
    public const int Offset = 8;

    // As fields: see LlamaNetwork.
    private static readonly Scalar Sixteen = 16, Eight = Offset;

    /// <param name="nibbles">[out, in / 2], Byte.</param>
    /// <param name="scales">[out, in / g], Float16, finite. Both contiguous, on one device, and the matrix's from now on.</param>
    /// <param name="groupSize">g: 32 or 64.</param>
    /// <exception cref="CourseException">Shapes or types are others, or g does not divide in.</exception>
    public Int4Matrix(Tensor nibbles, Tensor scales, int groupSize)
    {
        if (nibbles.dim() != 2 || nibbles.shape.Any(size => size is < 1 or > int.MaxValue / 2))
            throw new CourseException($"A matrix of int4 weights is [out, in / 2] bytes, not [{string.Join(", ", nibbles.shape)}].");
        RequireGroups(2 * nibbles.shape[1], groupSize);
        Parts.Require("int4 values, two to a byte,", nibbles, ScalarType.Byte, nibbles.shape);
        Parts.Require($"scales of int4 weights, one per {groupSize} inputs,", scales, ScalarType.Float16, [nibbles.shape[0], 2 * nibbles.shape[1] / groupSize]);
        (Nibbles, Scales, GroupSize) = (nibbles.DetachFromDisposeScope(), scales.DetachFromDisposeScope(), groupSize);
    }

    /// <summary>[out, in / 2], Byte.</summary>
    public Tensor Nibbles { get; }

    /// <summary>[out, in / g], Float16.</summary>
    public Tensor Scales { get; }

    /// <summary>g.</summary>
    public int GroupSize { get; }

    public int Outputs => (int)Nibbles.shape[0];

    public int Inputs => 2 * (int)Nibbles.shape[1];

    public long Bytes => Parts.Bytes(Nibbles) + Parts.Bytes(Scales);

    /// <param name="weight">[out, in], any floating type; it stays the caller's.</param>
    /// <param name="groupSize">g: 32 or 64.</param>
    /// <param name="rule">How a group's scale is chosen.</param>
    /// <exception cref="CourseException">It is no matrix, g does not divide in, or a weight is not finite, or the largest needs a scale beyond or below those of Float16.</exception>
    public static Int4Matrix Quantize(Tensor weight, int groupSize = Block, Int4Rule rule = Int4Rule.LeastSquares)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var w = Weights(weight, groupSize);
        var (outputs, inputs) = (w.shape[0], w.shape[1]);
        var (nibbles, scales) = (empty([outputs, inputs / 2], ScalarType.Byte), empty([outputs, inputs / groupSize], ScalarType.Float16));
        Parallel.For(0, (int)outputs, row =>
        {
            using var rowScope = NewDisposeScope();
            Int4Row.Quantize(MemoryMarshal.Cast<byte, float>(w[row].bytes), groupSize, rule, nibbles[row].bytes, Parts.Halves(scales[row]));
        });
        return new Int4Matrix(nibbles.to(weight.device), scales.to(weight.device), groupSize);
    }

    public Tensor Dequantize()
    {
        using var scope = NewDisposeScope();
        var blocks = Nibbles.view(Outputs, Inputs / Block, Block / 2);
        var high = blocks.floor_divide(Sixteen);
        var low = blocks - high * Sixteen;
        var values = cat([low, high], dim: 2).to(ScalarType.Float32) - Eight; // [out, in / 32, 32]
        var groups = values.view(Outputs, Inputs / GroupSize, GroupSize) * Scales.to(ScalarType.Float32).unsqueeze(2);
        return groups.view(Outputs, Inputs).MoveToOuterDisposeScope();
    }

    public IQuantizedMatrix To(Device device) => new Int4Matrix(Parts.Copy(Nibbles, device), Parts.Copy(Scales, device), GroupSize);

    public void Dispose()
    {
        Nibbles.Dispose();
        Scales.Dispose();
    }

    /// <summary>[out, in], Float32, in host memory, after checking that it can be kept in groups of <paramref name="groupSize"/>.</summary>
    internal static Tensor Weights(Tensor weight, int groupSize)
    {
        var w = Parts.Weights(weight).cpu();
        RequireGroups(w.shape[1], groupSize);
        return w.abs().max().ToSingle() is var largest && largest != 0 && largest is > Int4Row.Largest or < Int4Row.Smallest
            ? throw new CourseException($"A largest weight of {largest:G3} needs a scale that Float16 cannot hold. Take int8.")
            : w;
    }

    private static void RequireGroups(long inputs, int groupSize)
    {
        if (groupSize is not (Block or 2 * Block))
            throw new CourseException($"Int4 weights come in groups of {Block} or {2 * Block} inputs that share a scale, not of {groupSize}.");
        if (inputs % groupSize != 0)
            throw new CourseException(
                $"{inputs} inputs do not divide into int4 groups of {groupSize}. Take groups of {Block} if that divides them, or int8, which has no groups.");
    }
}

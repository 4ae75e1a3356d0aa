using static TorchSharp.torch;

namespace Course.Inference.Quantization;

/// <summary>In what form the matrices of a model are kept.</summary>
/// <param name="Bits">8 (one scale per output channel) or 4 (one scale per group).</param>
/// <param name="GroupSize">Inputs that share a scale at 4 bits; 0 at 8.</param>
public readonly record struct WeightFormat(int Bits, int GroupSize)
{
    public static WeightFormat Int8 { get; } = new(8, 0);

    /// <param name="groupSize">32 or 64.</param>
    public static WeightFormat Int4(int groupSize = Int4Matrix.Block) => new(4, groupSize);

    /// <summary>Bytes of a matrix [out, in], scales included: int8 has a Float32 scale per output, int4 a Float16 scale per group.</summary>
    public long Bytes(long outputs, long inputs) => Bits == 8 ? outputs * (inputs + sizeof(float)) : outputs * (inputs / 2 + 2 * (inputs / GroupSize));

    /// <exception cref="CourseException">The format does not exist, or the weight cannot be kept in it.</exception>
    public IQuantizedMatrix Quantize(Tensor weight) => Bits switch
    {
        8 => Int8Matrix.Quantize(weight),
        4 => Int4Matrix.Quantize(weight, GroupSize),
        _ => throw new CourseException($"Weights are kept in 8 or 4 bits, not {Bits}."),
    };

    public override string ToString() => Bits == 8 ? "int8" : $"int4 (groups of {GroupSize})";
}

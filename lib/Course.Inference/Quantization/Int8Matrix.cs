using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Quantization;

/// <summary>
/// Int8 with one scale per output channel, symmetric: weight[o, i] = Values[o, i] · Scales[o], |Values| ≤ 127.
/// Without −128 a kernel may take absolute values, and sums of two products stay within 16 bits.
/// </summary>
public sealed class Int8Matrix : IQuantizedMatrix
{
    /// <summary>The largest magnitude of a value.</summary>
    public const int Largest = 127;

    // As fields: see LlamaNetwork.
    private static readonly Scalar Most = Largest, Least = -Largest, Zero = 0;

    /// <param name="values">[out, in], Int8.</param>
    /// <param name="scales">[out], Float32, finite. Both contiguous, on one device, and the matrix's from now on.</param>
    /// <exception cref="CourseException">Shapes or types are others.</exception>
    public Int8Matrix(Tensor values, Tensor scales)
    {
        if (values.dim() != 2 || values.shape.Any(size => size is < 1 or > int.MaxValue))
            throw new CourseException($"A matrix of int8 weights is [out, in], not [{string.Join(", ", values.shape)}].");
        Parts.Require("int8 values", values, ScalarType.Int8, values.shape);
        Parts.Require("scales of int8 weights, one per output channel,", scales, ScalarType.Float32, [values.shape[0]]);
        (Values, Scales) = (values.DetachFromDisposeScope(), scales.DetachFromDisposeScope());
    }

    /// <summary>[out, in], Int8.</summary>
    public Tensor Values { get; }

    /// <summary>[out], Float32.</summary>
    public Tensor Scales { get; }

    public int Outputs => (int)Values.shape[0];

    public int Inputs => (int)Values.shape[1];

    public long Bytes => Parts.Bytes(Values) + Parts.Bytes(Scales);

    /// <summary>Scale = largest magnitude of the channel / 127, values rounded to the nearest, halves to even. A channel of zeros has scale 0.</summary>
    /// <param name="weight">[out, in], any floating type; it stays the caller's.</param>
    /// <exception cref="CourseException">It is no matrix, or has a weight that is not finite.</exception>
    public static Int8Matrix Quantize(Tensor weight)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var w = Parts.Weights(weight); // [out, in]
        var scales = w.abs().amax([1]) / Most; // [out]
        var divisors = where(scales.eq(Zero), ones_like(scales), scales).unsqueeze(1);
        var values = (w / divisors).round().clamp(Least, Most).to(ScalarType.Int8);
        return new(values.contiguous(), scales.contiguous());
    }

    public Tensor Dequantize()
    {
        using var scope = NewDisposeScope();
        return (Values.to(ScalarType.Float32) * Scales.unsqueeze(1)).MoveToOuterDisposeScope();
    }

    public IQuantizedMatrix To(Device device) => new Int8Matrix(Parts.Copy(Values, device), Parts.Copy(Scales, device));

    public void Dispose()
    {
        Values.Dispose();
        Scales.Dispose();
    }
}

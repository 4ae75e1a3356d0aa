using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Quantization;

/// <summary>What quantised matrices do with the tensors that they are made of.</summary>
internal static class Parts
{
    /// <exception cref="CourseException">The tensor is not what it is called.</exception>
    public static void Require(string what, Tensor tensor, ScalarType type, long[] shape)
    {
        if (tensor.dtype != type || !tensor.shape.SequenceEqual(shape) || !tensor.is_contiguous())
            throw new CourseException(
                $"The {what} must be a contiguous {type} tensor [{string.Join(", ", shape)}], not {(tensor.is_contiguous() ? "" : "strided ")}{tensor.dtype} [{string.Join(", ", tensor.shape)}].");
    }

    /// <summary>The matrix in Float32, contiguous, where it is.</summary>
    /// <exception cref="CourseException">It is none, or has a weight that is not finite.</exception>
    public static Tensor Weights(Tensor weight)
    {
        if (weight.dim() != 2 || weight.numel() == 0)
            throw new CourseException($"Only a matrix of weights, [out, in], can be quantised, not [{string.Join(", ", weight.shape)}].");
        var w = weight.detach().to(ScalarType.Float32).contiguous();
        return w.isfinite().all().ToBoolean() ? w : throw new CourseException($"A weight of the [{string.Join(", ", weight.shape)}] matrix is not a finite number, so no scale fits it. The checkpoint is damaged.");
    }

    public static long Bytes(Tensor tensor) => tensor.numel() * tensor.element_size();

    /// <summary>A copy even where it already is on that device, so that each of two matrices owns its own.</summary>
    public static Tensor Copy(Tensor tensor, Device device) => tensor.to(device, copy: true);

    public static Span<Half> Halves(Tensor scales) => MemoryMarshal.Cast<byte, Half>(scales.bytes);
}

using static TorchSharp.torch;

namespace Course.Inference.Quantization;

/// <summary>
/// A weight matrix, [out, in], in fewer bits than it was trained in: small integers and the scales that widen them.
/// It does not change; its tensors are contiguous and stay where they are until it is disposed of, so that a kernel may hold their addresses.
/// </summary>
public interface IQuantizedMatrix : IDisposable
{
    int Outputs { get; }

    int Inputs { get; }

    /// <summary>What it occupies, scales included.</summary>
    long Bytes { get; }

    /// <summary>[out, in], Float32, on the matrix's device and the caller's from now on: what the matrix stands for, and the oracle of every kernel that reads it.</summary>
    Tensor Dequantize();

    /// <summary>A copy on <paramref name="device"/>.</summary>
    IQuantizedMatrix To(Device device);
}

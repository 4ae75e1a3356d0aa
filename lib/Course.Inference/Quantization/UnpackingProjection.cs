using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Quantization;

/// <summary>
/// x·Wᵀ the readable way: the whole matrix is written out in full precision, multiplied with and dropped, at every call. It holds fewer bytes and
/// moves more, so it saves memory and loses time; it is the oracle of kernels that unpack as they multiply. Runs wherever its matrix is.
/// </summary>
/// <param name="matrix">[out, in]; it stays its owner's.</param>
public sealed class UnpackingProjection(IQuantizedMatrix matrix) : IProjection
{
    public Tensor Apply(Tensor x)
    {
        using var scope = NewDisposeScope();
        return nn.functional.linear(x, matrix.Dequantize().to(x.dtype)).MoveToOuterDisposeScope();
    }
}

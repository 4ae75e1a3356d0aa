using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>
/// Computes x·Wᵀ in bfloat16: inputs and result are rounded, which halves the bytes and uses the matrix units of recent CPUs. The result is
/// widened when it is added to the residual stream. Between gate, up and down, where tensors are largest, nothing is widened.
/// </summary>
/// <param name="weight">The float32 weight that the optimiser updates, [out, in].</param>
public sealed class HalfProjection(Tensor weight) : IProjection
{
    public Tensor Apply(Tensor x) => nn.functional.linear(x.to(ScalarType.BFloat16), weight.to(ScalarType.BFloat16));
}

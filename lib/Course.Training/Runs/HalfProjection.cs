using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>
/// x·Wᵀ with both rounded to bfloat16, and so is the result: half the bytes, and the matrix units of recent CPUs. What is added to the
/// residual stream is widened by the addition; between gate, up and down nothing is widened, for there the tensors are largest.
/// </summary>
/// <param name="weight">[out, in], float32: what the optimiser moves.</param>
public sealed class HalfProjection(Tensor weight) : IProjection
{
    public Tensor Apply(Tensor x) => nn.functional.linear(x.to(ScalarType.BFloat16), weight.to(ScalarType.BFloat16));
}

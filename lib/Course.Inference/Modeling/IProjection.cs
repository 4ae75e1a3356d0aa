using static TorchSharp.torch;

namespace Course.Inference.Modeling;

/// <summary>A weight matrix that can be applied. Dense, quantised and trained matrices differ here and nowhere else.</summary>
public interface IProjection
{
    /// <summary>[…, in] → […, out], in the type of <paramref name="x"/>.</summary>
    Tensor Apply(Tensor x);
}

/// <summary>The plain product x·Wᵀ: the oracle of every faster one.</summary>
/// <param name="weight">[out, in]</param>
public sealed class DenseProjection(Tensor weight) : IProjection
{
    public Tensor Apply(Tensor x) => nn.functional.linear(x, weight);
}

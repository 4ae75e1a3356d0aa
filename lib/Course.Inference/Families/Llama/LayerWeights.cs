namespace Course.Inference.Families.Llama;

/// <summary>The weights of one decoder layer, by their use in the forward pass. Norm gains are [D].</summary>
/// <typeparam name="TGain">An implementation's type for a gain.</typeparam>
/// <typeparam name="TMatrix">An implementation's type for a matrix.</typeparam>
public sealed record LayerWeights<TGain, TMatrix>(
    TGain AttentionNorm, TMatrix Query, TMatrix Key, TMatrix Value, TMatrix Output,
    TGain MlpNorm, TMatrix Gate, TMatrix Up, TMatrix Down);

/// <summary>Collects the weights of a layer from tensors by name.</summary>
public static class LayerWeights
{
    /// <param name="layer">The layer's number.</param>
    /// <param name="gain">Returns a gain by its checkpoint name.</param>
    /// <param name="matrix">Returns a matrix by its checkpoint name.</param>
    public static LayerWeights<TGain, TMatrix> Of<TGain, TMatrix>(int layer, Func<string, TGain> gain, Func<string, TMatrix> matrix)
    {
        TGain Gain(TensorRole role) => gain(LlamaLayout.Name(layer, role));
        TMatrix Matrix(TensorRole role) => matrix(LlamaLayout.Name(layer, role));
        return new(
            Gain(TensorRole.AttentionNorm),
            Matrix(TensorRole.Query), Matrix(TensorRole.Key), Matrix(TensorRole.Value), Matrix(TensorRole.Output),
            Gain(TensorRole.MlpNorm),
            Matrix(TensorRole.Gate), Matrix(TensorRole.Up), Matrix(TensorRole.Down));
    }
}

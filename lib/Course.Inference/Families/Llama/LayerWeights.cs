namespace Course.Inference.Families.Llama;

/// <summary>One decoder layer's weights, each in the place where the forward pass uses it. Norm gains are [D].</summary>
/// <typeparam name="TGain">What an implementation makes of a gain.</typeparam>
/// <typeparam name="TMatrix">What an implementation makes of a matrix.</typeparam>
public sealed record LayerWeights<TGain, TMatrix>(
    TGain AttentionNorm, TMatrix Query, TMatrix Key, TMatrix Value, TMatrix Output,
    TGain MlpNorm, TMatrix Gate, TMatrix Up, TMatrix Down);

/// <summary>Puts tensors in their places.</summary>
public static class LayerWeights
{
    /// <param name="layer">The layer's number.</param>
    /// <param name="gain">Every gain by its checkpoint name.</param>
    /// <param name="matrix">Every matrix by its checkpoint name.</param>
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

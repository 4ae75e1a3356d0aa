namespace Course.Inference.Families.Llama;

/// <summary>A tensor that every layer has.</summary>
/// <param name="Role">What the tensor does.</param>
/// <param name="Name">The tensor's name in Hugging Face checkpoints, between the layer's number and <c>.weight</c>.</param>
/// <param name="GgufName">The tensor's name in llama.cpp's files, between the layer's number and <c>.weight</c>.</param>
/// <param name="Shape">[out, in] for a matrix, [D] for a gain.</param>
public sealed record LayerTensor(TensorRole Role, string Name, string GgufName, Func<LlamaConfiguration, long[]> Shape)
{
    /// <summary>
    /// The number of heads in a matrix whose outputs are rotated (RoPE), 0 for the others. Formats differ in which two rows of a head form
    /// a pair, so the rows of these matrices are reordered on import and export.
    /// </summary>
    public Func<LlamaConfiguration, int> RotatedHeads { get; init; } = _ => 0;
}

namespace Course.Inference.Families.Llama;

/// <summary>A tensor that every layer has.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Name">Its name in Hugging Face's checkpoints, between the layer's number and <c>.weight</c>.</param>
/// <param name="GgufName">Its name in llama.cpp's files, between the layer's number and <c>.weight</c>.</param>
/// <param name="Shape">[out, in] of a matrix, [D] of a gain.</param>
public sealed record LayerTensor(TensorRole Role, string Name, string GgufName, Func<LlamaConfiguration, long[]> Shape)
{
    /// <summary>
    /// How many heads its rows make up, where they are rotated: formats differ in which rows of a head are a pair, and reorder these.
    /// None where nothing is rotated.
    /// </summary>
    public Func<LlamaConfiguration, int> RotatedHeads { get; init; } = _ => 0;
}

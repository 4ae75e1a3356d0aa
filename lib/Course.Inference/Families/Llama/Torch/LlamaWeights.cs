using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>A Llama-style decoder's weights, each in the place where the forward pass uses it.</summary>
/// <param name="Embedding">[V, D]</param>
/// <param name="Layers">L of them.</param>
/// <param name="FinalNorm">[D]</param>
/// <param name="Head">D → V</param>
public sealed record LlamaWeights(
    Tensor Embedding, IReadOnlyList<LayerWeights<Tensor, IProjection>> Layers, Tensor FinalNorm, IProjection Head)
{
    /// <summary>Puts named tensors in their places; <paramref name="project"/> decides how a matrix is applied.</summary>
    public static LlamaWeights From(LlamaConfiguration c, Func<string, Tensor> tensor, Func<Tensor, IProjection> project) =>
        From(c, tensor, (string name) => project(tensor(name == LlamaLayout.Head && c.TiedEmbeddings ? LlamaLayout.Embedding : name)));

    /// <param name="c">The shape.</param>
    /// <param name="tensor">Embedding and gains, by name.</param>
    /// <param name="project">Every matrix that is multiplied with, by name; the head as <see cref="LlamaLayout.Head"/> even where
    /// it is the embedding.</param>
    public static LlamaWeights From(LlamaConfiguration c, Func<string, Tensor> tensor, Func<string, IProjection> project) => new(
        tensor(LlamaLayout.Embedding),
        [.. Enumerable.Range(0, c.Layers).Select(layer => LayerWeights.Of(layer, tensor, project))],
        tensor(LlamaLayout.FinalNorm),
        project(LlamaLayout.Head));
}

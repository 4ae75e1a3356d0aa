using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>The weights of a Llama-style decoder, by their use in the forward pass.</summary>
/// <param name="Embedding">[V, D]</param>
/// <param name="Layers">The weights of the L layers.</param>
/// <param name="FinalNorm">[D]</param>
/// <param name="Head">D → V</param>
public sealed record LlamaWeights(
    Tensor Embedding, IReadOnlyList<LayerWeights<Tensor, IProjection>> Layers, Tensor FinalNorm, IProjection Head)
{
    /// <summary>Collects the weights from tensors by name; <paramref name="project"/> decides how a matrix is applied.</summary>
    public static LlamaWeights From(LlamaConfiguration c, Func<string, Tensor> tensor, Func<Tensor, IProjection> project) =>
        From(c, tensor, (string name) => project(tensor(name == LlamaLayout.Head && c.TiedEmbeddings ? LlamaLayout.Embedding : name)));

    /// <summary>Collects the weights from gains and projections by name.</summary>
    /// <param name="c">The model's configuration.</param>
    /// <param name="tensor">Returns the embedding or a gain by its name.</param>
    /// <param name="project">
    /// Returns a matrix that multiplies activations by its name; the head as <see cref="LlamaLayout.Head"/>, even if it is tied to the
    /// embedding.
    /// </param>
    public static LlamaWeights From(LlamaConfiguration c, Func<string, Tensor> tensor, Func<string, IProjection> project) => new(
        tensor(LlamaLayout.Embedding),
        [.. Enumerable.Range(0, c.Layers).Select(layer => LayerWeights.Of(layer, tensor, project))],
        tensor(LlamaLayout.FinalNorm),
        project(LlamaLayout.Head));
}

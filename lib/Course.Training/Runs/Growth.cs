using Course.Inference.Families.Llama;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>
/// Grows a trained model to a larger one that computes exactly the same and can learn further (Chen, Goodfellow and Shlens 2016, Net2Net;
/// for whole layers Wu et al. 2024, LLaMA Pro). An inserted layer is a copy of the layer before it whose two output matrices are zero, so
/// the residual stream passes unchanged. An added hidden unit of a feed-forward layer has random input weights and a zero output column.
/// </summary>
public static class Growth
{
    /// <summary>Returns the weights of the larger model.</summary>
    /// <param name="trained">The shape of the trained model.</param>
    /// <param name="tensors">The weights of the trained model by checkpoint name.</param>
    /// <param name="wanted">The shape of the larger model: more layers, wider feed-forward layers, or both.</param>
    /// <param name="seed">The seed of the added units.</param>
    /// <returns>New float32 tensors by checkpoint name.</returns>
    /// <exception cref="CourseException">The shapes differ in something else, or the new one is smaller.</exception>
    public static Dictionary<string, Tensor> Grow(
        LlamaConfiguration trained, IReadOnlyDictionary<string, Tensor> tensors, LlamaConfiguration wanted, long seed)
    {
        RequireRoom(trained, wanted);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        Tensor Of(string name) => tensors[name].to(ScalarType.Float32);

        var grown = tensors.Keys.ToDictionary(name => name, Of); // embedding, norm and head stay the same
        for (var layer = 0; layer < wanted.Layers; layer++)
        {
            var (source, added) = Source(layer, trained.Layers, wanted.Layers);
            foreach (var (slot, from) in LlamaLayout.OfLayer(wanted, layer).Zip(LlamaLayout.OfLayer(trained, source)))
            {
                var widened = Widen(Of(from.Name), slot.Shape, generator);
                grown[slot.Name] = added && slot.WritesToResidual ? zeros_like(widened) : widened;
            }
        }
        // Copies, because the caller still owns the given tensors.
        return grown.ToDictionary(pair => pair.Key, pair => pair.Value.clone().MoveToOuterDisposeScope());
    }

    /// <summary>
    /// Returns the source of a layer. Added layers are spread evenly between the others, each after the layer that it copies.
    /// </summary>
    private static (int Source, bool Added) Source(int layer, int trained, int wanted)
    {
        var source = layer * trained / wanted;
        return (source, layer > 0 && (layer - 1) * trained / wanted == source);
    }

    /// <summary>
    /// Adds missing rows (hidden units of gate and up) with random values of the matrix's own scale, and missing
    /// columns (of down) with zeros.
    /// </summary>
    private static Tensor Widen(Tensor tensor, IReadOnlyList<long> shape, Generator generator)
    {
        if (tensor.shape[0] < shape[0])
            return cat([tensor, randn([shape[0] - tensor.shape[0], shape[1]], generator: generator) * tensor.std()], 0);
        return tensor.shape[^1] < shape[^1] ? cat([tensor, zeros([shape[0], shape[1] - tensor.shape[1]])], 1) : tensor;
    }

    private static void RequireRoom(LlamaConfiguration trained, LlamaConfiguration wanted)
    {
        // Lists are compared by identity. End tokens and context length do not affect the weights.
        if (trained with
        {
            Layers = wanted.Layers,
            HiddenWidth = wanted.HiddenWidth,
            ContextLength = wanted.ContextLength,
            EndTokens = wanted.EndTokens
        } != wanted)
            throw new CourseException(
                "A model can grow only in layers and in the width of its feed-forward layers. " +
                "Vocabulary, width, heads and all else must be " +
                "those of the model that it begins with.");
        if (trained.Layers > wanted.Layers || trained.HiddenWidth > wanted.HiddenWidth)
            throw new CourseException(
                $"A model of {trained.Layers} layers and {trained.HiddenWidth} hidden units cannot become one of {wanted.Layers} and " +
                $"{wanted.HiddenWidth}. Growing cannot make it smaller.");
    }
}

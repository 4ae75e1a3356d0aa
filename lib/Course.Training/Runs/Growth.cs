using Course.Inference.Families.Llama;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>
/// A larger model that computes exactly what a trained smaller one does, and has room to learn on (Chen, Goodfellow and Shlens 2016,
/// Net2Net; for whole layers Wu et al. 2024, LLaMA Pro). A layer put in between is a copy of the one before whose two outputs are zero,
/// so the residual stream passes it unchanged; a hidden unit added to a feed-forward layer starts at random, and the zero column behind
/// it lets nothing through.
/// </summary>
public static class Growth
{
    /// <param name="trained">The trained shape.</param>
    /// <param name="tensors">Its weights, by their checkpoint names.</param>
    /// <param name="wanted">The wanted shape: more layers, a wider feed-forward layer, or both.</param>
    /// <param name="seed">Of the units that are added.</param>
    /// <returns>float32, new tensors.</returns>
    /// <exception cref="CourseException">The shapes differ in something else, or the wanted one is smaller.</exception>
    public static Dictionary<string, Tensor> Grow(
        LlamaConfiguration trained, IReadOnlyDictionary<string, Tensor> tensors, LlamaConfiguration wanted, long seed)
    {
        RequireRoom(trained, wanted);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        Tensor Of(string name) => tensors[name].to(ScalarType.Float32);

        var grown = tensors.Keys.ToDictionary(name => name, Of); // embedding, norm and head are right already
        for (var layer = 0; layer < wanted.Layers; layer++)
        {
            var (source, added) = Source(layer, trained.Layers, wanted.Layers);
            foreach (var (slot, from) in LlamaLayout.OfLayer(wanted, layer).Zip(LlamaLayout.OfLayer(trained, source)))
            {
                var widened = Widen(Of(from.Name), slot.Shape, generator);
                grown[slot.Name] = added && slot.WritesToResidual ? zeros_like(widened) : widened;
            }
        }
        // Copies: what was handed in stays its owner's.
        return grown.ToDictionary(pair => pair.Key, pair => pair.Value.clone().MoveToOuterDisposeScope());
    }

    /// <summary>Layers that are added stand evenly between the others, each behind the one that it copies.</summary>
    private static (int Source, bool Added) Source(int layer, int trained, int wanted)
    {
        var source = layer * trained / wanted;
        return (source, layer > 0 && (layer - 1) * trained / wanted == source);
    }

    /// <summary>
    /// Rows that are missing, hidden units of gate and up, start at random in the matrix's own measure; columns that are missing,
    /// behind them in down, at zero.
    /// </summary>
    private static Tensor Widen(Tensor tensor, IReadOnlyList<long> shape, Generator generator)
    {
        if (tensor.shape[0] < shape[0])
            return cat([tensor, randn([shape[0] - tensor.shape[0], shape[1]], generator: generator) * tensor.std()], 0);
        return tensor.shape[^1] < shape[^1] ? cat([tensor, zeros([shape[0], shape[1] - tensor.shape[1]])], 1) : tensor;
    }

    private static void RequireRoom(LlamaConfiguration trained, LlamaConfiguration wanted)
    {
        // Lists are compared by identity; end tokens and context decide nothing about the weights.
        if (trained with
        {
            Layers = wanted.Layers, HiddenWidth = wanted.HiddenWidth, ContextLength = wanted.ContextLength, EndTokens = wanted.EndTokens
        } != wanted)
            throw new CourseException(
                "A model grows in layers and in the width of its feed-forward layers; vocabulary, width, heads and all else must be " +
                "those of the model that it begins with.");
        if (trained.Layers > wanted.Layers || trained.HiddenWidth > wanted.HiddenWidth)
            throw new CourseException(
                $"A model of {trained.Layers} layers and {trained.HiddenWidth} hidden units cannot become one of {wanted.Layers} and " +
                $"{wanted.HiddenWidth}: growing takes nothing away.");
    }
}

using Course.Inference;
using Course.Inference.Models;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>
/// A larger model that computes exactly what a trained smaller one does, and has room to learn on (Chen, Goodfellow and Shlens 2016, Net2Net;
/// for whole layers Wu et al. 2024, LLaMA Pro). A layer put in between is a copy of the one before whose two outputs are zero, so the residual stream
/// passes it unchanged; a hidden unit added to a feed-forward layer starts at random, and the zero column behind it lets nothing through.
/// </summary>
public static class Growth
{
    /// <param name="trained">The trained shape.</param>
    /// <param name="tensors">Its weights, by their checkpoint names.</param>
    /// <param name="wanted">The wanted shape: more layers, a wider feed-forward layer, or both.</param>
    /// <param name="seed">Of the units that are added.</param>
    /// <returns>float32, new tensors.</returns>
    /// <exception cref="CourseException">The shapes differ in something else, or the wanted one is smaller.</exception>
    public static Dictionary<string, Tensor> Grow(LlamaConfiguration trained, IReadOnlyDictionary<string, Tensor> tensors, LlamaConfiguration wanted, long seed)
    {
        RequireRoom(trained, wanted);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        Tensor Of(string name) => tensors[name].to(ScalarType.Float32);

        var grown = new Dictionary<string, Tensor>();
        foreach (var slot in LlamaLayout.Of(wanted))
            if (!slot.Name.StartsWith("model.layers.", StringComparison.Ordinal))
                grown.Add(slot.Name, Of(slot.Name).clone());
        for (var layer = 0; layer < wanted.Layers; layer++)
        {
            var (source, added) = Source(layer, trained.Layers, wanted.Layers);
            foreach (var part in LayerParts)
            {
                var widened = Widen(part, Of(LlamaLayout.Layer(source, part)), wanted.HiddenWidth - trained.HiddenWidth, generator);
                grown.Add(LlamaLayout.Layer(layer, part), added && Writes(part) ? zeros_like(widened) : widened);
            }
        }
        return grown.ToDictionary(pair => pair.Key, pair => pair.Value.MoveToOuterDisposeScope());
    }

    private static readonly string[] LayerParts =
        ["input_layernorm", "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "post_attention_layernorm", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"];

    /// <summary>The matrices that write into the residual stream.</summary>
    private static bool Writes(string part) => part is "self_attn.o_proj" or "mlp.down_proj";

    /// <summary>Layers that are added stand evenly between the others, each behind the one that it copies.</summary>
    private static (int Source, bool Added) Source(int layer, int trained, int wanted)
    {
        var source = layer * trained / wanted;
        return (source, layer > 0 && (layer - 1) * trained / wanted == source);
    }

    /// <summary>Hidden units are rows of gate and up, and columns of down.</summary>
    private static Tensor Widen(string part, Tensor matrix, long units, Generator generator) => part switch
    {
        "mlp.gate_proj" or "mlp.up_proj" => cat([matrix, randn([units, matrix.shape[1]], generator: generator) * matrix.std()], 0),
        "mlp.down_proj" => cat([matrix, zeros([matrix.shape[0], units])], 1),
        _ => matrix.clone(),
    };

    private static void RequireRoom(LlamaConfiguration trained, LlamaConfiguration wanted)
    {
        // Lists are compared by identity; end tokens and context decide nothing about the weights.
        if (trained with { Layers = wanted.Layers, HiddenWidth = wanted.HiddenWidth, ContextLength = wanted.ContextLength, EndTokens = wanted.EndTokens } != wanted)
            throw new CourseException("A model grows in layers and in the width of its feed-forward layers; vocabulary, width, heads and all else must be those of the model that it begins with.");
        if (trained.Layers > wanted.Layers || trained.HiddenWidth > wanted.HiddenWidth)
            throw new CourseException($"A model of {trained.Layers} layers and {trained.HiddenWidth} hidden units cannot become one of {wanted.Layers} and {wanted.HiddenWidth}: growing takes nothing away.");
    }
}

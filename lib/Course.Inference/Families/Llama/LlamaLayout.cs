using Course.Inference.Files;

namespace Course.Inference.Families.Llama;

/// <summary>The names and shapes of all tensors of a Llama-style checkpoint. Matrices are [out, in].</summary>
public static class LlamaLayout
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string FinalNorm = "model.norm.weight";
    public const string Head = "lm_head.weight";

    /// <summary>The tensors of a layer, in the order in which a forward pass uses them. It is the only such list.</summary>
    public static IReadOnlyList<LayerTensor> LayerTensors { get; } =
    [
        new(TensorRole.AttentionNorm, "input_layernorm", "attn_norm", c => [c.Width]),
        new(TensorRole.Query, "self_attn.q_proj", "attn_q", c => [c.QueryWidth, c.Width]) { RotatedHeads = c => c.QueryHeads },
        new(TensorRole.Key, "self_attn.k_proj", "attn_k", c => [c.KeyValueWidth, c.Width]) { RotatedHeads = c => c.KeyValueHeads },
        new(TensorRole.Value, "self_attn.v_proj", "attn_v", c => [c.KeyValueWidth, c.Width]),
        new(TensorRole.Output, "self_attn.o_proj", "attn_output", c => [c.Width, c.QueryWidth]),
        new(TensorRole.MlpNorm, "post_attention_layernorm", "ffn_norm", c => [c.Width]),
        new(TensorRole.Gate, "mlp.gate_proj", "ffn_gate", c => [c.HiddenWidth, c.Width]),
        new(TensorRole.Up, "mlp.up_proj", "ffn_up", c => [c.HiddenWidth, c.Width]),
        new(TensorRole.Down, "mlp.down_proj", "ffn_down", c => [c.Width, c.HiddenWidth]),
    ];

    /// <summary>The checkpoint name of a layer's tensor.</summary>
    public static string Name(int layer, TensorRole role) => Name(layer, LayerTensors.Single(tensor => tensor.Role == role));

    private static string Name(int layer, LayerTensor tensor) => $"model.layers.{layer}.{tensor.Name}.weight";

    /// <summary>
    /// Every tensor, in the order in which a forward pass uses them. The head is absent if it is tied to the embedding.
    /// </summary>
    public static IEnumerable<TensorSlot> Of(LlamaConfiguration c)
    {
        yield return new(Embedding, [c.VocabularySize, c.Width], TensorRole.Embedding);
        for (var layer = 0; layer < c.Layers; layer++)
            foreach (var slot in OfLayer(c, layer))
                yield return slot;
        yield return FinalNormOf(c);
        if (!c.TiedEmbeddings)
            yield return HeadOf(c);
    }

    /// <summary>The tensors of one layer, in an order that is the same for every shape.</summary>
    public static IEnumerable<TensorSlot> OfLayer(LlamaConfiguration c, int layer) =>
        LayerTensors.Select(tensor => new TensorSlot(Name(layer, tensor), tensor.Shape(c), tensor.Role));

    public static TensorSlot FinalNormOf(LlamaConfiguration c) => new(FinalNorm, [c.Width], TensorRole.FinalNorm);

    /// <summary>The head under its own name, even if it is tied to the embedding.</summary>
    public static TensorSlot HeadOf(LlamaConfiguration c) => new(Head, [c.VocabularySize, c.Width], TensorRole.Head);

    /// <summary>The names of the matrices that multiply activations, with the head last and under its own name.</summary>
    public static IEnumerable<string> Projections(LlamaConfiguration c) =>
        Of(c).Where(slot => slot.InLayer && slot.IsMatrix).Append(HeadOf(c)).Select(slot => slot.Name);

    /// <summary>The number of weights in the model, norms included.</summary>
    public static long ParameterCount(LlamaConfiguration c) => Of(c).Sum(slot => slot.Count);

    /// <summary>Checks that exactly the tensors of the configuration are present, each with its shape.</summary>
    /// <param name="c">The configuration.</param>
    /// <param name="source">The source of the tensors, for the message.</param>
    /// <param name="names">The names of the tensors that are present.</param>
    /// <param name="shapeOf">Returns the shape of a tensor that is present.</param>
    /// <param name="sourceOf">Returns the source of a single tensor, if it is known more exactly.</param>
    /// <exception cref="FileException">A tensor is missing, unknown, or has another shape.</exception>
    internal static void RequireFit(
        LlamaConfiguration c, string source, IEnumerable<string> names, Func<string, IReadOnlyList<long>> shapeOf,
        Func<string, string>? sourceOf = null)
    {
        var unseen = names.ToHashSet(StringComparer.Ordinal);
        // Lazily, tensor by tensor: a configuration that claims a million layers fails at the first missing one.
        foreach (var (name, shape, _) in Of(c))
        {
            if (!unseen.Remove(name))
                throw new FileException(source, $"tensor \"{name}\" [{string.Join(", ", shape)}] is missing.", Mismatch);
            if (!shapeOf(name).SequenceEqual(shape))
                throw new FileException(
                    sourceOf?.Invoke(name) ?? source,
                    $"tensor \"{name}\" is [{SafeText.Line(string.Join(", ", shapeOf(name)), SafeText.NameLength)}], where " +
                    $"[{string.Join(", ", shape)}] was expected.", Mismatch);
        }

        if (unseen.Order(StringComparer.Ordinal).FirstOrDefault() is { } extra)
            throw new FileException(
                sourceOf?.Invoke(extra) ?? source,
                $"tensor {CheckpointFile.Quote(extra)} does not belong to this model" +
                $"{(extra == Head ? ", whose head is tied to the embedding, and is not a copy of the embedding" : "")}.", Mismatch);
    }

    private const string Mismatch =
        "Configuration and weights belong to different models, or the model is not a plain Llama: use the files of one checkpoint.";
}

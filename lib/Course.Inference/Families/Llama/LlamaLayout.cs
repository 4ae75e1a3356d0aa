using Course.Inference.Files;

namespace Course.Inference.Families.Llama;

/// <summary>A tensor that a checkpoint must hold: its name as Hugging Face writes it, and its shape.</summary>
public readonly record struct TensorSlot(string Name, IReadOnlyList<long> Shape)
{
    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));
}

/// <summary>Names and shapes of all tensors of a Llama-style checkpoint. Matrices are [out, in].</summary>
public static class LlamaLayout
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string FinalNorm = "model.norm.weight";
    public const string Head = "lm_head.weight";

    public static string Layer(int layer, string part) => $"model.layers.{layer}.{part}.weight";

    /// <summary>Every tensor, in the order in which a forward pass meets it. The head is absent where it is tied to the embedding.</summary>
    public static IEnumerable<TensorSlot> Of(LlamaConfiguration c)
    {
        yield return new(Embedding, [c.VocabularySize, c.Width]);
        for (var layer = 0; layer < c.Layers; layer++)
            foreach (var slot in OfLayer(c, layer))
                yield return slot;
        yield return new(FinalNorm, [c.Width]);
        if (!c.TiedEmbeddings)
            yield return new(Head, [c.VocabularySize, c.Width]);
    }

    /// <summary>One layer's, in an order that is the same for every shape.</summary>
    public static IEnumerable<TensorSlot> OfLayer(LlamaConfiguration c, int layer)
    {
        long queries = (long)c.QueryHeads * c.HeadWidth, keys = (long)c.KeyValueHeads * c.HeadWidth;
        yield return new(Layer(layer, "input_layernorm"), [c.Width]);
        yield return new(Layer(layer, "self_attn.q_proj"), [queries, c.Width]);
        yield return new(Layer(layer, "self_attn.k_proj"), [keys, c.Width]);
        yield return new(Layer(layer, "self_attn.v_proj"), [keys, c.Width]);
        yield return new(Layer(layer, "self_attn.o_proj"), [c.Width, queries]);
        yield return new(Layer(layer, "post_attention_layernorm"), [c.Width]);
        yield return new(Layer(layer, "mlp.gate_proj"), [c.HiddenWidth, c.Width]);
        yield return new(Layer(layer, "mlp.up_proj"), [c.HiddenWidth, c.Width]);
        yield return new(Layer(layer, "mlp.down_proj"), [c.Width, c.HiddenWidth]);
    }

    /// <summary>The matrices that multiply activations, the head last and always by its own name.</summary>
    public static IEnumerable<string> Projections(LlamaConfiguration c) =>
        Of(c).Where(slot => slot.Shape.Count == 2 && slot.Name is not (Embedding or Head)).Select(slot => slot.Name).Append(Head);

    /// <summary>Whether a matrix puts its result into the residual stream.</summary>
    public static bool WritesToStream(string name) => name.EndsWith("o_proj.weight", StringComparison.Ordinal) || name.EndsWith("down_proj.weight", StringComparison.Ordinal);

    /// <summary>How many weights the model has, norms included.</summary>
    public static long ParameterCount(LlamaConfiguration c) => Of(c).Sum(slot => slot.Count);

    /// <summary>Throws unless there is exactly every tensor, each of its shape.</summary>
    /// <param name="c">What the tensors must fit.</param>
    /// <param name="source">Where they come from, for the message.</param>
    /// <param name="names">Those that are there.</param>
    /// <param name="shapeOf">The shape of one that is there.</param>
    /// <param name="sourceOf">Where that one comes from, if it can be told more exactly.</param>
    /// <exception cref="CheckpointException"/>
    internal static void RequireFit(
        LlamaConfiguration c, string source, IEnumerable<string> names, Func<string, IReadOnlyList<long>> shapeOf, Func<string, string>? sourceOf = null)
    {
        var unseen = names.ToHashSet(StringComparer.Ordinal);
        // Lazily, slot by slot: a configuration that claims a million layers fails at the first that is missing.
        foreach (var (name, shape) in Of(c))
        {
            if (!unseen.Remove(name))
                throw new CheckpointException(source, $"tensor \"{name}\" [{string.Join(", ", shape)}] is missing.", Mismatch);
            if (!shapeOf(name).SequenceEqual(shape))
                throw new CheckpointException(
                    sourceOf?.Invoke(name) ?? source,
                    $"tensor \"{name}\" is [{SafeText.Line(string.Join(", ", shapeOf(name)), SafeText.NameLength)}], where [{string.Join(", ", shape)}] was expected.", Mismatch);
        }

        if (unseen.Order(StringComparer.Ordinal).FirstOrDefault() is { } extra)
            throw new CheckpointException(
                sourceOf?.Invoke(extra) ?? source,
                $"tensor {CheckpointFile.Quote(extra)} has no place in this model{(extra == Head ? ", whose head is tied to the embedding, and it is not a copy of that" : "")}.", Mismatch);
    }

    private const string Mismatch = "Configuration and weights are of different models, or the model is not a plain Llama: put together the files of one checkpoint.";
}

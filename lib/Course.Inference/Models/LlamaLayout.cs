namespace Course.Inference.Models;

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

    private static IEnumerable<TensorSlot> OfLayer(LlamaConfiguration c, int layer)
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

    /// <summary>How many weights the model has, norms included.</summary>
    public static long ParameterCount(LlamaConfiguration c) => Of(c).Sum(slot => slot.Count);
}

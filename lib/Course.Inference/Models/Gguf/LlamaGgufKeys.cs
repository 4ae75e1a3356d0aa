namespace Course.Inference.Models.Gguf;

/// <summary>A Llama's shape as GGUF metadata.</summary>
internal static class LlamaGgufKeys
{
    public static IEnumerable<GgufPair> Of(LlamaConfiguration c, GgufType type) =>
    [
        new("general.architecture", LlamaGguf.Architecture),
        new("general.type", "model"),
        new("general.file_type", type.FileType),
        new("general.quantization_version", 2u),
        new(GgufFormat.AlignmentKey, (uint)GgufFormat.Alignment),
        Size("vocab_size", c.VocabularySize),
        Size("context_length", c.ContextLength),
        Size("embedding_length", c.Width),
        Size("block_count", c.Layers),
        Size("feed_forward_length", c.HiddenWidth),
        Size("attention.head_count", c.QueryHeads),
        Size("attention.head_count_kv", c.KeyValueHeads),
        Size("attention.key_length", c.HeadWidth),
        Size("attention.value_length", c.HeadWidth),
        Size("rope.dimension_count", c.HeadWidth),
        new("llama.attention.layer_norm_rms_epsilon", (float)c.NormEpsilon),
        new("llama.rope.freq_base", (float)c.RopeBase),
    ];

    private static GgufPair Size(string key, int size) => new($"{LlamaGguf.Architecture}.{key}", (uint)size);
}

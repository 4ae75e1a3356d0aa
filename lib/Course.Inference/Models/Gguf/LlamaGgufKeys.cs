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

    /// <exception cref="CheckpointException">A key is missing or wrong, or asks for something that is not implemented.</exception>
    public static LlamaConfiguration Configuration(string path, GgufHeader header)
    {
        var metadata = header.Metadata;
        RequirePlain(metadata);
        int Size(string key) => metadata.Int($"{LlamaGguf.Architecture}.{key}");
        int width = Size("embedding_length"), heads = Size("attention.head_count");
        var headWidth = metadata.OptionalInt("llama.attention.key_length") ?? (heads > 0 && width % heads == 0
            ? width / heads
            : throw metadata.Unsupported("llama.attention.head_count", $"{heads}", $"a divisor of the width of {width}"));
        foreach (var key in (string[])["llama.attention.value_length", "llama.rope.dimension_count"])
            if (metadata.OptionalInt(key) is { } other && other != headWidth)
                throw metadata.Unsupported(key, $"{other}", $"the head width of {headWidth}");
        try
        {
            return new LlamaConfiguration
            {
                VocabularySize = VocabularySize(header),
                Width = width,
                HiddenWidth = Size("feed_forward_length"),
                Layers = Size("block_count"),
                QueryHeads = heads,
                KeyValueHeads = metadata.OptionalInt("llama.attention.head_count_kv") ?? heads,
                HeadWidth = headWidth,
                ContextLength = Size("context_length"),
                NormEpsilon = metadata.OptionalDouble("llama.attention.layer_norm_rms_epsilon") ?? 1e-5,
                RopeBase = metadata.OptionalDouble("llama.rope.freq_base") ?? 10_000,
                TiedEmbeddings = !header.Entries.ContainsKey(LlamaGguf.Head),
                BeginToken = metadata.OptionalInt(GgufVocabulary.BeginKey),
                EndTokens = GgufVocabulary.EndTokens(metadata),
            }.Validated();
        }
        catch (CourseException e) when (e is not CheckpointException)
        {
            throw new CheckpointException(path, e.Message, "Convert the model again with a current converter.", e);
        }
    }

    private static void RequirePlain(GgufMetadata metadata)
    {
        if (metadata.Text("general.architecture") is var architecture && architecture != LlamaGguf.Architecture)
            throw metadata.Unsupported("general.architecture", CheckpointFile.Quote(architecture), $"\"{LlamaGguf.Architecture}\"");
        if (metadata.OptionalText("llama.rope.scaling.type") is { } scaling && scaling != "none")
            throw metadata.Unsupported("llama.rope.scaling.type", CheckpointFile.Quote(scaling), "\"none\"");
        if (metadata.OptionalInt("llama.expert_count") is { } experts and > 0)
            throw metadata.Unsupported("llama.expert_count", $"{experts}", "0");
    }

    /// <summary>The embedding's rows: files say it in up to three places, and this is the one that is computed with.</summary>
    private static int VocabularySize(GgufHeader header) =>
        header.Entries.TryGetValue(LlamaGguf.Embedding, out var embedding) ? (int)Math.Min(embedding.Shape[0], int.MaxValue) : header.Metadata.Int("llama.vocab_size");
}

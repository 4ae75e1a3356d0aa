using Course.Inference.Families.Llama;
using Course.Inference.Files;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>Reads and writes a Llama's configuration as GGUF metadata.</summary>
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
        .. LlamaGgufScaling.Of(c),
    ];

    /// <summary>The keys from which a configuration is read, without their prefix.</summary>
    private static readonly string[] Read =
    [
        "context_length", "embedding_length", "block_count", "feed_forward_length", "attention.head_count", "attention.head_count_kv",
        "attention.key_length", "attention.value_length", "rope.dimension_count", "attention.layer_norm_rms_epsilon", "rope.freq_base",
    ];

    private static GgufPair Size(string key, int size) => new($"{LlamaGguf.Architecture}.{key}", (uint)size);

    /// <summary>Reads the configuration from a header.</summary>
    /// <exception cref="FileException">A key is missing or wrong, or asks for something not implemented.</exception>
    public static LlamaConfiguration Configuration(string path, GgufHeader header)
    {
        var metadata = header.Metadata;
        RequireLlama(metadata);
        int Size(string key) => metadata.Int($"{LlamaGguf.Architecture}.{key}");
        int width = Size("embedding_length"), heads = Size("attention.head_count");
        var headWidth = metadata.OptionalInt("llama.attention.key_length") ?? (heads > 0 && width % heads == 0
            ? width / heads
            : throw metadata.Unsupported("llama.attention.head_count", $"{heads}", $"a divisor of the width of {width}"));
        foreach (var key in (string[])["llama.attention.value_length", "llama.rope.dimension_count"])
            if (metadata.OptionalInt(key) is { } other && other != headWidth)
                throw metadata.Unsupported(key, $"{other}", $"the head width of {headWidth}");
        LlamaGgufNeutral.Require(metadata, Size("context_length"), headWidth);
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
                NormEpsilon = metadata.Double("llama.attention.layer_norm_rms_epsilon"),
                RopeBase = metadata.OptionalDouble("llama.rope.freq_base") ?? 10_000,
                RopeFactor = LlamaGgufScaling.Read(metadata),
                TiedEmbeddings = !header.Entries.ContainsKey(LlamaGguf.Head),
                BeginToken = GgufVocabularyKeys.BeginToken(metadata),
                EndTokens = GgufVocabularyKeys.EndTokens(metadata),
            }.Validated();
        }
        catch (CourseException e) when (e is not FileException)
        {
            throw new FileException(path, e.Message, "Convert the model again with a current converter.", e);
        }
    }

    private static void RequireLlama(GgufMetadata metadata)
    {
        if (metadata.OptionalText("general.type") is { } type && type != "model")
            throw metadata.Unsupported("general.type", CheckpointFile.Quote(type), "\"model\"");
        if (metadata.Text("general.architecture") is var architecture && architecture != LlamaGguf.Architecture)
            throw metadata.Unsupported("general.architecture", CheckpointFile.Quote(architecture), $"\"{LlamaGguf.Architecture}\"");
        if (metadata.OptionalInt("split.count") is { } files and > 1)
            throw metadata.Unsupported("split.count", $"{files}", "a model in one file (llama-gguf-split --merge makes one)");
        metadata.RequireKnown(
            $"{LlamaGguf.Architecture}.", [.. Read.Concat(LlamaGgufNeutral.Keys).Select(LlamaGgufNeutral.Full), .. LlamaGgufScaling.Keys]);
    }

    /// <summary>
    /// The number of rows of the embedding. A file can state it in up to three places; this is the one that the computation depends on.
    /// </summary>
    private static int VocabularySize(GgufHeader header) =>
        header.Entries.TryGetValue(LlamaGguf.Embedding, out var embedding)
            ? (int)Math.Min(embedding.Shape[0], int.MaxValue)
            : header.Metadata.Int("llama.vocab_size");
}

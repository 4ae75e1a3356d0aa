using Course.Inference.Caching;

namespace Course.Inference.Families.Llama;

/// <summary>
/// The shape of a Llama-style decoder. Each property's doc gives its symbol in the dimension legend and its key in Hugging Face's
/// <c>config.json</c>.
/// </summary>
public sealed record LlamaConfiguration
{
    /// <summary>V, <c>vocab_size</c>.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>D, <c>hidden_size</c>.</summary>
    public required int Width { get; init; }

    /// <summary>L, <c>num_hidden_layers</c>.</summary>
    public required int Layers { get; init; }

    /// <summary>H, <c>num_attention_heads</c>.</summary>
    public required int QueryHeads { get; init; }

    /// <summary>Hkv, <c>num_key_value_heads</c>: H for multi-head, 1 for multi-query attention.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>d, <c>head_dim</c>.</summary>
    public required int HeadWidth { get; init; }

    /// <summary>Width of the SwiGLU layer, <c>intermediate_size</c>.</summary>
    public required int HiddenWidth { get; init; }

    /// <summary>The most tokens that one sequence may have, <c>max_position_embeddings</c>.</summary>
    public required int ContextLength { get; init; }

    /// <summary>ε of RMSNorm, <c>rms_norm_eps</c>.</summary>
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>Base of the rotary frequencies, <c>rope_theta</c>.</summary>
    public double RopeBase { get; init; } = 10_000;

    /// <summary>
    /// The divisor of positions for linear interpolation (Chen et al. 2023), <c>factor</c> of a linear <c>rope_scaling</c>; 1 for none.
    /// </summary>
    public double RopeFactor { get; init; } = 1;

    /// <summary>Whether the output head is the embedding matrix, <c>tie_word_embeddings</c>.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>The token that begins every text, <c>bos_token_id</c>; null if there is none.</summary>
    public int? BeginToken { get; init; }

    /// <summary>The tokens that end a text, <c>eos_token_id</c> (a number or a list in the file).</summary>
    public IReadOnlyList<int> EndTokens { get; init; } = [];

    /// <summary>H·d: the width of all query heads.</summary>
    internal long QueryWidth => (long)QueryHeads * HeadWidth;

    /// <summary>Hkv·d: the width of all key heads, and of all value heads.</summary>
    internal long KeyValueWidth => (long)KeyValueHeads * HeadWidth;

    /// <summary>The sizes that a KV cache needs.</summary>
    internal CacheShape CacheShape => new(Layers, KeyValueHeads, HeadWidth, ContextLength);

    /// <summary>No real model is larger. Within these limits, no count of weights or bytes overflows a long.</summary>
    private const int LargestSize = 1 << 20, MostLayers = 1 << 12;

    /// <summary>The limit for positions and vocabulary, which may be larger: contexts of ten million exist.</summary>
    private const int LargestCount = 1 << 24;

    /// <summary>Returns this configuration after checking it.</summary>
    /// <exception cref="CourseException">A number is out of range, or two of them do not fit together; the message names them.</exception>
    public LlamaConfiguration Validated()
    {
        foreach (var (name, size, most) in Sizes())
            Require(size > 0 && size <= most, $"the {name} must be between 1 and {most}, not {size}");
        Require(QueryHeads % KeyValueHeads == 0,
            $"the {QueryHeads} query heads must divide evenly among the {KeyValueHeads} key/value heads");
        Require(HeadWidth % 2 == 0, $"rotary embedding rotates pairs, so the head width must be even, not {HeadWidth}");
        Require(NormEpsilon > 0 && double.IsFinite(NormEpsilon), $"the norm's epsilon must be positive, not {NormEpsilon}");
        Require(RopeBase > 1 && double.IsFinite(RopeBase), $"the rotary base must exceed 1, not {RopeBase}");
        Require(RopeFactor > 0 && double.IsFinite(RopeFactor),
            $"the factor that positions are divided by must be positive, not {RopeFactor}");
        Require(BeginToken is not { } begin || (uint)begin < (uint)VocabularySize,
            $"the begin token {BeginToken} is outside the vocabulary of {VocabularySize}");
        foreach (var end in EndTokens)
            Require((uint)end < (uint)VocabularySize, $"the end token {end} is outside the vocabulary of {VocabularySize}");
        return this;
    }

    private IEnumerable<(string Name, long Size, int Most)> Sizes() =>
    [
        ("vocabulary", VocabularySize, LargestCount), ("context", ContextLength, LargestCount),
        ("width", Width, LargestSize), ("hidden width", HiddenWidth, LargestSize), ("number of layers", Layers, MostLayers),
        ("number of query heads", QueryHeads, LargestSize), ("number of key/value heads", KeyValueHeads, LargestSize),
        ("head width", HeadWidth, LargestSize), ("width of all heads", (long)QueryHeads * HeadWidth, LargestSize),
    ];

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new CourseException($"Not a usable Llama configuration: {otherwise}.");
    }
}

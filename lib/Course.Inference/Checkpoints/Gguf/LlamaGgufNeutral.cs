namespace Course.Inference.Checkpoints.Gguf;

/// <summary>
/// Keys of a GGUF file that would change what the model computes, each with its neutral values; and keys that never change it.
/// </summary>
internal static class LlamaGgufNeutral
{
    /// <summary>Numbers without effect. As in llama.cpp, a scale of 0 means none.</summary>
    private static readonly (string Key, double[] Neutral)[] Numbers =
    [
        ("rope.scaling.attn_factor", [1]), ("rope.scaling.yarn_attn_factor", [1]), ("rope.scaling.yarn_ext_factor", [0]),
        ("rope.scaling.yarn_log_multiplier", [0]), ("attention.clamp_kqv", [0]), ("attention.max_alibi_bias", [0]),
        ("attn_logit_softcapping", [0]), ("final_logit_softcapping", [0]), ("logit_scale", [0, 1]), ("residual_scale", [0, 1]),
        ("embedding_scale", [0, 1]), ("expert_count", [0]), ("expert_used_count", [0]), ("expert_shared_count", [0]),
        ("leading_dense_block_count", [0]), ("pooling_type", [0]),
    ];

    private static readonly (string Key, bool Neutral)[] Booleans =
        [("attention.causal", true), ("use_parallel_residual", false), ("swin_norm", false)];

    /// <summary>Keys that neither llama.cpp nor the format's description uses in the computation of a plain Llama.</summary>
    private static readonly string[] Harmless =
    [
        "vocab_size", "tensor_data_layout", "rope.scaling.finetuned", "rope.scaling.original_context_length",
        "rope.scaling.yarn_beta_fast", "rope.scaling.yarn_beta_slow",
    ];

    public static IEnumerable<string> Keys =>
    [
        .. Numbers.Select(number => number.Key), .. Booleans.Select(boolean => boolean.Key), .. Harmless,
        "attention.sliding_window", "attention.scale",
    ];

    /// <exception cref="FileException">A key says that the model is not a plain Llama.</exception>
    public static void Require(GgufMetadata metadata, int context, int headWidth)
    {
        foreach (var (key, neutral) in Numbers)
            if (metadata.OptionalDouble(Full(key)) is { } number && !neutral.Contains(number))
                throw metadata.Unsupported(Full(key), $"{number}", string.Join(" or ", neutral));
        foreach (var (key, neutral) in Booleans)
            if (metadata.OptionalBool(Full(key)) is { } value && value != neutral)
                throw metadata.Unsupported(Full(key), value ? "true" : "false", neutral ? "true" : "false");
        if (metadata.OptionalInt(Full("attention.sliding_window")) is { } window && window > 0 && window < context)
            throw metadata.Unsupported(Full("attention.sliding_window"), $"{window}", $"none, or the context length of {context}");
        var usual = 1 / Math.Sqrt(headWidth);
        if (metadata.OptionalDouble(Full("attention.scale")) is { } scale && scale != 0 && Math.Abs(scale - usual) > 1e-6 * usual)
            throw metadata.Unsupported(Full("attention.scale"), $"{scale}", $"{usual:G6}, one over the root of the head width,");
    }

    public static string Full(string key) => $"{LlamaGguf.Architecture}.{key}";
}

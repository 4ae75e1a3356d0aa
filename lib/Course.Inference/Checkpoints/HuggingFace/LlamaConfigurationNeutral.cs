using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>
/// Keys of a <c>config.json</c> that would change what the model computes, each with its neutral value; and keys that never change it.
/// Every other key is refused by name.
/// </summary>
internal static class LlamaConfigurationNeutral
{
    private static readonly string[] Read =
    [
        "architectures", "model_type", "vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers",
        "num_attention_heads", "num_key_value_heads", "head_dim", "max_position_embeddings", "rms_norm_eps", "tie_word_embeddings",
        "bos_token_id", "eos_token_id", "hidden_act", "sliding_window", "use_sliding_window", "layer_types",
    ];

    private static readonly (string Key, bool Neutral)[] Booleans =
    [
        ("attention_bias", false), ("mlp_bias", false), ("qkv_bias", false), ("use_bias", false), ("bias", false), ("lm_head_bias", false),
        ("use_qk_norm", false), ("qk_norm", false), ("rope_interleaved", false), ("alibi", false),
        ("use_parallel_residual", false), ("is_encoder_decoder", false), ("add_cross_attention", false), ("is_causal", true),
        ("use_bidirectional_attention", false),
    ];

    private static readonly (string Key, double Neutral)[] Numbers =
    [
        ("partial_rotary_factor", 1), ("rotary_pct", 1), ("rotary_percent", 1), ("logit_scale", 1), ("logits_scaling", 1),
        ("embedding_multiplier", 1), ("residual_multiplier", 1), ("attn_logit_softcapping", 0), ("final_logit_softcapping", 0),
        ("num_local_experts", 0), ("num_experts", 0), ("n_routed_experts", 0),
    ];

    /// <summary>
    /// Keys that only other programs use: names, training, output formats, sampling defaults, and ways to split work
    /// without changing results.
    /// </summary>
    private static readonly string[] Harmless =
    [
        "_name_or_path", "_commit_hash", "_from_model_config", "transformers_version", "transformers.js_config", "torch_dtype",
        "dtype", "auto_map", "is_llama_config", "finetuning_task", "unsloth_fixed", "unsloth_version", "tokenizer_class",
        "pad_token_id", "sep_token_id", "decoder_start_token_id", "max_sequence_length", "attention_dropout", "attn_dropout",
        "hidden_dropout", "dropout", "resid_pdrop", "embd_pdrop", "residual_dropout", "initializer_range", "use_cache",
        "cache_implementation", "gradient_checkpointing", "trust_remote_code", "max_window_layers", "pretraining_tp",
        "is_decoder", "chunk_size_feed_forward", "attn_implementation", "_attn_implementation", "_attn_implementation_autoset",
        "torchscript", "use_bfloat16", "tf_legacy_loss", "return_dict", "return_dict_in_generate", "output_scores",
        "output_hidden_states", "output_attentions", "id2label", "label2id", "problem_type", "task_specific_params", "prefix",
        "max_length", "min_length", "do_sample", "early_stopping", "num_beams", "num_beam_groups", "diversity_penalty",
        "temperature", "top_k", "top_p", "typical_p", "repetition_penalty", "length_penalty", "no_repeat_ngram_size",
        "encoder_no_repeat_ngram_size", "bad_words_ids", "num_return_sequences", "remove_invalid_values",
        "exponential_decay_length_penalty", "suppress_tokens", "begin_suppress_tokens", "forced_bos_token_id",
        "forced_eos_token_id", "tie_encoder_decoder", "cross_attention_hidden_size",
    ];

    private static readonly string[] Absent =
        ["quantization_config", "quantization", "compression_config", "clip_qkv", "attention_multiplier", "query_pre_attn_scalar"];

    /// <exception cref="FileException">A key says that the model is not a plain Llama, or is unknown.</exception>
    public static void Require(ConfigurationKeys keys)
    {
        foreach (var (key, neutral) in Booleans)
            if (keys.OptionalBool(key) is { } value && value != neutral)
                throw keys.Unsupported(key, value ? "true" : "false", neutral ? "true" : "false");
        foreach (var (key, neutral) in Numbers)
            if (keys.OptionalDouble(key) is { } number && number != neutral)
                throw keys.Unsupported(key, $"{number}", $"{neutral}");
        foreach (var key in Absent)
            if (keys.Has(key))
                throw keys.Unsupported(key, "present", "a checkpoint without it, of F32, F16 or BF16 weights");
        RequireOneKindOfLayer(keys);
        RequireKnown(keys);
    }

    private static void RequireOneKindOfLayer(ConfigurationKeys keys)
    {
        if (keys.OptionalString("hidden_act") is { } activation && activation is not ("silu" or "swish"))
            throw keys.Unsupported("hidden_act", Quote(activation), "\"silu\"");
        if (keys.Strings("layer_types").FirstOrDefault(kind => kind != "full_attention") is { } other)
            throw keys.Unsupported("layer_types", Quote(other), "\"full_attention\"");
        if (keys.OptionalBool("use_sliding_window") is not false
            && keys.OptionalInt("sliding_window") is { } window && window < keys.Int("max_position_embeddings"))
            throw keys.Unsupported("sliding_window", $"{window}", "none, or the max_position_embeddings");
        if (keys.Has("pruned_heads") && (keys.OptionalObject("pruned_heads")?.Names.Any() ?? false))
            throw keys.Unsupported("pruned_heads", "not empty", "{}");
    }

    private static void RequireKnown(ConfigurationKeys keys)
    {
        HashSet<string> known =
        [
            .. Read, .. Harmless, .. Absent, .. LlamaConfigurationRope.Keys,
            .. Booleans.Select(boolean => boolean.Key), .. Numbers.Select(number => number.Key), "pruned_heads",
        ];
        if (keys.Names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw keys.Unknown(unknown);
    }
}

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>The metadata keys of a tokenizer, and llama.cpp's defaults for missing ones.</summary>
internal static class GgufVocabularyKeys
{
    public const string Model = Prefix + "model";
    public const string Pattern = Prefix + "pre";
    public const string Tokens = Prefix + "tokens";
    public const string Types = Prefix + "token_type";
    public const string Scores = Prefix + "scores";
    public const string Merges = Prefix + "merges";
    public const string Begin = Prefix + "bos_token_id";
    public const string Unknown = Prefix + "unknown_token_id";
    public const string AddBegin = Prefix + "add_bos_token";
    public const string AddSpace = Prefix + "add_space_prefix";

    public const string ByteLevel = "gpt2", SentencePieces = "llama", None = "no_vocab";

    private const string Prefix = "tokenizer.ggml.";
    private const int UsualBegin = 1, UsualEnd = 2;

    /// <summary>The keys of the tokens that end a text, a turn or a message.</summary>
    public static IReadOnlyList<string> Ends { get; } = [Prefix + "eos_token_id", Prefix + "eot_token_id", Prefix + "eom_token_id"];

    /// <summary>Keys that ask for something not implemented, unless they are false.</summary>
    private static readonly string[] Refused = [Prefix + "add_eos_token", Prefix + "add_sep_token", Prefix + "remove_extra_whitespaces"];

    /// <summary>
    /// Keys that do not change the ids of a prompt: tokens for other uses, and the one for unknown text, of which there is none because
    /// every byte has a token.
    /// </summary>
    private static readonly string[] Harmless =
    [
        "unknown_token_id", "seperator_token_id", "padding_token_id", "cls_token_id", "mask_token_id", "token_type_count",
        "prefix_token_id", "suffix_token_id", "middle_token_id",
        "fim_pre_token_id", "fim_suf_token_id", "fim_mid_token_id", "fim_pad_token_id", "fim_rep_token_id", "fim_sep_token_id",
    ];

    public static int? BeginToken(GgufMetadata metadata) => metadata.OptionalInt(Begin) ?? (HasPieces(metadata) ? UsualBegin : null);

    public static IReadOnlyList<int> EndTokens(GgufMetadata metadata)
    {
        int[] ends = [.. Ends.Select(metadata.OptionalInt).OfType<int>().Distinct()];
        return metadata.Has(Ends[0]) || !HasPieces(metadata) ? ends : [UsualEnd, .. ends.Where(id => id != UsualEnd)];
    }

    /// <summary>Checks that all keys of the tokenizer are known and supported.</summary>
    /// <exception cref="FileException">A key changes the ids and is not implemented, or is unknown.</exception>
    public static void RequireKnown(GgufMetadata metadata)
    {
        foreach (var key in HasPieces(metadata) ? Refused : [.. Refused, AddSpace])
            if (metadata.OptionalBool(key) is true)
                throw metadata.Unsupported(key, "true", "false");
        string[] read = [Model, Pattern, Tokens, Types, Scores, Merges, Begin, AddBegin, AddSpace, .. Ends];
        metadata.RequireKnown(Prefix, [.. read, .. Refused, .. Harmless.Select(key => Prefix + key)]);
    }

    private static bool HasPieces(GgufMetadata metadata) => metadata.OptionalText(Model) == SentencePieces;
}

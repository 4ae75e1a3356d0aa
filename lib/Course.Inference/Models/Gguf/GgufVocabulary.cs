using Course.Inference.Tokenization;

namespace Course.Inference.Models.Gguf;

/// <summary>A tokenizer as GGUF metadata, as llama.cpp reads it.</summary>
internal static class GgufVocabulary
{
    public const string ModelKey = "tokenizer.ggml.model";
    public const string PatternKey = "tokenizer.ggml.pre";
    public const string TokensKey = "tokenizer.ggml.tokens";
    public const string TypesKey = "tokenizer.ggml.token_type";
    public const string ScoresKey = "tokenizer.ggml.scores";
    public const string MergesKey = "tokenizer.ggml.merges";
    public const string BeginKey = "tokenizer.ggml.bos_token_id";
    public const string EndKey = "tokenizer.ggml.eos_token_id";
    public const string UnknownKey = "tokenizer.ggml.unknown_token_id";
    public const string AddBeginKey = "tokenizer.ggml.add_bos_token";

    /// <summary>A second token after which there is nothing more to say.</summary>
    private const string EndOfTurnKey = "tokenizer.ggml.eot_token_id";

    public const string ByteLevel = "gpt2", SentencePieces = "llama", None = "no_vocab";

    public static IReadOnlyList<int> EndTokens(GgufMetadata metadata) =>
        [.. new[] { metadata.OptionalInt(EndKey), metadata.OptionalInt(EndOfTurnKey) }.OfType<int>().Distinct()];

    /// <exception cref="CourseException">The format has no place for this tokenizer, or the model has not for its tokens.</exception>
    public static IEnumerable<GgufPair> Of(ITokenizer? tokenizer, LlamaConfiguration c) => (tokenizer as Tokenizer)?.Description switch
    {
        _ when tokenizer?.VocabularySize > c.VocabularySize => throw new CourseException(
            $"The tokenizer {tokenizer.Source} has {tokenizer.VocabularySize} tokens and the model {c.VocabularySize}: they do not belong together."),
        _ when tokenizer is null => [new(ModelKey, None), .. Ends(c.BeginToken, c.EndTokens)],
        { Bpe: { } bpe } description => [.. Bpe(description, bpe, c), .. Common(description)],
        { Pieces: { } pieces } description => [.. Pieces(pieces, c), .. Common(description)],
        _ => throw new CourseException($"{tokenizer.Source} is of a kind that GGUF has no place for."),
    };

    private static IEnumerable<GgufPair> Common(TokenizerDescription tokenizer) =>
        [new(AddBeginKey, tokenizer.BeginToken is { } begin && tokenizer.Prefix.SequenceEqual([begin])), .. Ends(tokenizer.BeginToken, tokenizer.EndTokens)];

    private static IEnumerable<GgufPair> Ends(int? begin, IReadOnlyList<int> ends)
    {
        if (begin is { } id)
            yield return new(BeginKey, (uint)id);
        if (ends.Count > 0)
            yield return new(EndKey, (uint)ends[0]);
        if (ends.Count > 1)
            yield return new(EndOfTurnKey, (uint)ends[1]);
    }

    private static IEnumerable<GgufPair> Bpe(TokenizerDescription tokenizer, ByteLevelBpeFiles bpe, LlamaConfiguration c)
    {
        var (tokens, types) = Spare(c);
        foreach (var (token, id) in bpe.Vocabulary)
            (tokens[id], types[id]) = (token, (int)GgufTokenType.Normal);
        foreach (var (token, id) in bpe.Added)
            (tokens[id], types[id]) = (token, (int)(bpe.Control.Contains(id) ? GgufTokenType.Control : GgufTokenType.UserDefined));
        return
        [
            new(ModelKey, ByteLevel), new(PatternKey, GgufPattern.NameOf(tokenizer.Source, bpe)),
            new(TokensKey, tokens), new(TypesKey, types), new(MergesKey, bpe.Merges.ToArray()),
        ];
    }

    private static IEnumerable<GgufPair> Pieces(IReadOnlyList<SentencePiece> pieces, LlamaConfiguration c)
    {
        var (tokens, types) = Spare(c);
        var scores = new float[tokens.Length];
        for (var id = 0; id < pieces.Count; id++)
            (tokens[id], types[id], scores[id]) = (pieces[id].Text, (int)pieces[id].Kind, pieces[id].Score);
        var unknown = pieces.ToList().FindIndex(piece => piece.Kind == SentencePieceKind.Unknown);
        return
        [
            new(ModelKey, SentencePieces), new(TokensKey, tokens), new(TypesKey, types), new(ScoresKey, scores),
            .. unknown >= 0 ? new GgufPair[] { new(UnknownKey, (uint)unknown) } : [],
        ];
    }

    /// <summary>llama.cpp wants as many tokens as the embedding has rows: those that no tokenizer has are there, unused.</summary>
    private static (string[] Tokens, int[] Types) Spare(LlamaConfiguration c) => (
        [.. Enumerable.Range(0, c.VocabularySize).Select(id => $"[unused {id}]")],
        [.. Enumerable.Repeat((int)GgufTokenType.Unused, c.VocabularySize)]);
}

/// <summary>llama.cpp's kinds of tokens; where SentencePiece has the kind too, it has the number.</summary>
internal enum GgufTokenType
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}

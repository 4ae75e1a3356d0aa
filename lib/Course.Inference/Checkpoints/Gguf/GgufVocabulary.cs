using Course.Inference.Families.Llama;
using Course.Inference.Tokenization;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>Writes a tokenizer as the GGUF metadata that llama.cpp reads.</summary>
internal static class GgufVocabulary
{
    /// <exception cref="CourseException">GGUF cannot store this kind of tokenizer, or it has more tokens than the model.</exception>
    public static IEnumerable<GgufPair> Of(ITokenizer? tokenizer, LlamaConfiguration c) => (tokenizer as Tokenizer)?.Description switch
    {
        _ when tokenizer?.VocabularySize > c.VocabularySize => throw new CourseException(
            $"The tokenizer {tokenizer.Source} has {tokenizer.VocabularySize} tokens and the model has " +
            $"{c.VocabularySize}: they do not belong together."),
        _ when tokenizer is null => [new(GgufVocabularyKeys.Model, GgufVocabularyKeys.None), .. Ends(c.BeginToken, c.EndTokens)],
        { Bpe: { } bpe } description => [.. Bpe(description, bpe, c), .. Common(description)],
        { Pieces: { } pieces } description =>
            [.. Pieces(pieces, c), new(GgufVocabularyKeys.AddSpace, description.AddsLeadingSpace), .. Common(description)],
        _ => throw new CourseException($"GGUF cannot store a tokenizer of the kind of {tokenizer.Source}."),
    };

    private static IEnumerable<GgufPair> Common(TokenizerDescription tokenizer) =>
    [
        new(GgufVocabularyKeys.AddBegin, tokenizer.BeginToken is { } begin && tokenizer.Prefix.SequenceEqual([begin])),
        .. Ends(tokenizer.BeginToken, tokenizer.EndTokens),
    ];

    private static IEnumerable<GgufPair> Ends(int? begin, IReadOnlyList<int> ends)
    {
        if (begin is { } id)
            yield return new(GgufVocabularyKeys.Begin, (uint)id);
        if (ends.Count > GgufVocabularyKeys.Ends.Count)
            throw new CourseException(
                $"The configuration has {ends.Count} end tokens, and GGUF can store {GgufVocabularyKeys.Ends.Count}: " +
                "leave some of them out of the configuration.");
        foreach (var (key, end) in GgufVocabularyKeys.Ends.Zip(ends))
            yield return new(key, (uint)end);
    }

    private static IEnumerable<GgufPair> Bpe(TokenizerDescription tokenizer, ByteLevelBpeFiles bpe, LlamaConfiguration c)
    {
        var (tokens, types) = Unused(c);
        foreach (var (token, id) in bpe.Vocabulary)
            (tokens[id], types[id]) = (token, (int)GgufTokenType.Normal);
        foreach (var (token, id) in bpe.Added)
            (tokens[id], types[id]) = (token, (int)(bpe.Control.Contains(id) ? GgufTokenType.Control : GgufTokenType.UserDefined));
        return
        [
            new(GgufVocabularyKeys.Model, GgufVocabularyKeys.ByteLevel),
            new(GgufVocabularyKeys.Pattern, GgufPattern.NameOf(tokenizer.Source, bpe)),
            new(GgufVocabularyKeys.Tokens, tokens), new(GgufVocabularyKeys.Types, types),
            new(GgufVocabularyKeys.Merges, bpe.Merges.ToArray()),
        ];
    }

    private static IEnumerable<GgufPair> Pieces(IReadOnlyList<SentencePiece> pieces, LlamaConfiguration c)
    {
        var (tokens, types) = Unused(c);
        var scores = new float[tokens.Length];
        for (var id = 0; id < pieces.Count; id++)
            (tokens[id], types[id], scores[id]) = (pieces[id].Text, (int)pieces[id].Kind, pieces[id].Score);
        var unknown = pieces.ToList().FindIndex(piece => piece.Kind == SentencePieceKind.Unknown);
        return
        [
            new(GgufVocabularyKeys.Model, GgufVocabularyKeys.SentencePieces),
            new(GgufVocabularyKeys.Tokens, tokens), new(GgufVocabularyKeys.Types, types), new(GgufVocabularyKeys.Scores, scores),
            .. unknown >= 0 ? new GgufPair[] { new(GgufVocabularyKeys.Unknown, (uint)unknown) } : [],
        ];
    }

    /// <summary>One unused token per row of the embedding: llama.cpp requires that many, also if the tokenizer has fewer.</summary>
    private static (string[] Tokens, int[] Types) Unused(LlamaConfiguration c) => (
        [.. Enumerable.Range(0, c.VocabularySize).Select(id => $"[unused {id}]")],
        [.. Enumerable.Repeat((int)GgufTokenType.Unused, c.VocabularySize)]);
}

/// <summary>llama.cpp's kinds of tokens. The numbers are those of SentencePiece's kinds.</summary>
internal enum GgufTokenType
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}

using Course.Inference.Tokenization;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>Reads the tokenizer of a GGUF file: byte-level BPE (<c>gpt2</c>) or SentencePiece's BPE (<c>llama</c>).</summary>
internal static class GgufTokenizer
{
    public static TokenizerDescription Read(string path)
    {
        using var file = GgufFile.Open(path);
        var metadata = file.Header.Metadata;
        GgufVocabularyKeys.RequireKnown(metadata);
        var description = metadata.Text(GgufVocabularyKeys.Model) switch
        {
            GgufVocabularyKeys.ByteLevel => ReadBpe(path, metadata),
            GgufVocabularyKeys.SentencePieces => ReadPieces(path, metadata),
            GgufVocabularyKeys.None =>
                throw new FileException(path, "it was written without a tokenizer.", "Export it again with one, or feed it token ids."),
            var other => throw metadata.Unsupported(
                GgufVocabularyKeys.Model, Quote(other), $"\"{GgufVocabularyKeys.ByteLevel}\" or \"{GgufVocabularyKeys.SentencePieces}\""),
        };
        return WithEnds(path, metadata, description);
    }

    private static TokenizerDescription WithEnds(string path, GgufMetadata metadata, TokenizerDescription description)
    {
        var (begin, ends) = (GgufVocabularyKeys.BeginToken(metadata), GgufVocabularyKeys.EndTokens(metadata));
        foreach (var id in begin is null ? ends : [begin.Value, .. ends])
            if ((uint)id >= (uint)description.Entries.Count)
                throw new FileException(
                    path, $"a text begins or ends with token {id}, but there are only {description.Entries.Count} tokens.", Damaged);
        var prefixed = metadata.OptionalBool(GgufVocabularyKeys.AddBegin) ?? AddsBegin(metadata, description);
        return description with { BeginToken = begin, EndTokens = ends, Prefix = prefixed && begin is { } id2 ? [id2] : [] };
    }

    /// <summary>
    /// Whether a prompt begins with the begin token if the file does not say, as in llama.cpp: always with SentencePiece, and depending on
    /// the pattern's name with byte-level BPE.
    /// </summary>
    private static bool AddsBegin(GgufMetadata metadata, TokenizerDescription description) =>
        description.Pieces is not null || GgufPattern.Named(metadata).AddsBegin;

    private static TokenizerDescription ReadBpe(string path, GgufMetadata metadata)
    {
        var (tokens, types) = Tokens(path, metadata);
        var pattern = GgufPattern.Named(metadata);
        Dictionary<string, int> Of(params GgufTokenType[] kinds)
        {
            var found = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var id = 0; id < tokens.Length; id++)
                if (kinds.Contains(types[id]) && (tokens[id].Length == 0 || !found.TryAdd(tokens[id], id)))
                    throw new FileException(path, $"token {id}, {Quote(tokens[id])}, is empty or occurs twice.", Damaged);
            return found;
        }

        return ByteLevelBpe.Describe(new()
        {
            Source = path,
            Vocabulary = Of(GgufTokenType.Normal),
            Merges = metadata.Items<string>(GgufVocabularyKeys.Merges),
            Patterns = pattern.Patterns,
            IgnoresMerges = pattern.IgnoresMerges,
            Added = Of(GgufTokenType.Control, GgufTokenType.Unknown, GgufTokenType.UserDefined),
            Control = Of(GgufTokenType.Control, GgufTokenType.Unknown).Values.ToHashSet(),
        });
    }

    private static TokenizerDescription ReadPieces(string path, GgufMetadata metadata)
    {
        var (tokens, types) = Tokens(path, metadata);
        var scores = metadata.Items<float>(GgufVocabularyKeys.Scores);
        if (scores.Length != tokens.Length || !scores.All(float.IsFinite))
            throw new FileException(
                path, $"{tokens.Length} tokens need the same number of finite scores, but there are {scores.Length} scores.", Damaged);
        SentencePiece[] pieces = [.. tokens.Select((text, id) => new SentencePiece(text, scores[id], (SentencePieceKind)types[id]))];
        return SentencePieceBpe.Describe(path, pieces, metadata.OptionalBool(GgufVocabularyKeys.AddSpace) ?? true);
    }

    private static (string[] Tokens, GgufTokenType[] Types) Tokens(string path, GgufMetadata metadata)
    {
        var (tokens, types) = (metadata.Items<string>(GgufVocabularyKeys.Tokens), metadata.Items<int>(GgufVocabularyKeys.Types));
        if (tokens.Length != types.Length || tokens.Length == 0)
            throw new FileException(
                path, $"{tokens.Length} tokens need the same number of token types, but there are {types.Length}.", Damaged);
        if (Array.FindIndex(types, type => !Enum.IsDefined((GgufTokenType)type)) is var id and >= 0)
            throw new FileException(path, $"token {id} is of the unknown type {types[id]}.", Damaged);
        return (tokens, [.. types.Select(type => (GgufTokenType)type)]);
    }
}

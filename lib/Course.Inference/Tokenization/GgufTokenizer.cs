using System.Globalization;
using System.Text;
using Course.Inference.Models;
using Course.Inference.Models.Gguf;
using static Course.Inference.Models.CheckpointFile;

namespace Course.Inference.Tokenization;

/// <summary>Makes a tokenizer of what a GGUF file says: byte-level BPE (<c>gpt2</c>) or SentencePiece's BPE (<c>llama</c>).</summary>
internal static class GgufTokenizer
{
    public static TokenizerDescription Read(string path)
    {
        using var file = GgufFile.Open(path);
        var metadata = file.Header.Metadata;
        var description = metadata.Text(GgufVocabulary.ModelKey) switch
        {
            GgufVocabulary.ByteLevel => ReadBpe(path, metadata),
            GgufVocabulary.SentencePieces => ReadPieces(path, metadata),
            GgufVocabulary.None => throw new CheckpointException(path, "it was written without a tokenizer.", "Export it again with one, or feed it token ids."),
            var other => throw metadata.Unsupported(GgufVocabulary.ModelKey, Quote(other), $"\"{GgufVocabulary.ByteLevel}\" or \"{GgufVocabulary.SentencePieces}\""),
        };
        return WithEnds(path, metadata, description);
    }

    private static TokenizerDescription WithEnds(string path, GgufMetadata metadata, TokenizerDescription description)
    {
        var (begin, ends) = (metadata.OptionalInt(GgufVocabulary.BeginKey), GgufVocabulary.EndTokens(metadata));
        foreach (var id in begin is null ? ends : [begin.Value, .. ends])
            if ((uint)id >= (uint)description.Entries.Count)
                throw new CheckpointException(path, $"a text begins or ends with token {id}, and there are {description.Entries.Count}.", Damaged);
        // llama.cpp puts it before a prompt by default where the vocabulary is SentencePiece's, and not where it is byte-level.
        var prefixed = metadata.OptionalBool(GgufVocabulary.AddBeginKey) ?? description.Pieces is not null;
        return description with { BeginToken = begin, EndTokens = ends, Prefix = prefixed && begin is { } id2 ? [id2] : [] };
    }

    private static TokenizerDescription ReadBpe(string path, GgufMetadata metadata)
    {
        var (tokens, types) = Tokens(path, metadata);
        var pattern = GgufPattern.Named(metadata);
        Dictionary<string, int> Of(params GgufTokenType[] kinds)
        {
            var found = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var id = 0; id < tokens.Length; id++)
                if (kinds.Contains(types[id]) && (tokens[id].Length == 0 || !found.TryAdd(tokens[id], id)))
                    throw new CheckpointException(path, $"token {id}, {Quote(tokens[id])}, is empty or there twice.", Damaged);
            return found;
        }

        return ByteLevelBpe.Describe(new()
        {
            Source = path,
            Vocabulary = Of(GgufTokenType.Normal),
            Merges = metadata.Items<string>(GgufVocabulary.MergesKey),
            Patterns = pattern.Patterns,
            IgnoresMerges = pattern.IgnoresMerges,
            Added = Of(GgufTokenType.Control, GgufTokenType.UserDefined),
            Control = Of(GgufTokenType.Control).Values.ToHashSet(),
        });
    }

    private static TokenizerDescription ReadPieces(string path, GgufMetadata metadata)
    {
        var (tokens, types) = Tokens(path, metadata);
        var scores = metadata.Items<float>(GgufVocabulary.ScoresKey);
        if (scores.Length != tokens.Length || !scores.All(float.IsFinite))
            throw new CheckpointException(path, $"{tokens.Length} tokens need as many finite scores, and there are {scores.Length}.", Damaged);
        SentencePiece[] pieces = [.. tokens.Select((text, id) => new SentencePiece(text, scores[id], Kind(path, id, types[id])))];
        RequireBytes(path, pieces);
        var (unknown, begin, end) = (metadata.OptionalInt(GgufVocabulary.UnknownKey) ?? 0, metadata.Int(GgufVocabulary.BeginKey), metadata.Int(GgufVocabulary.EndKey));
        if (new[] { unknown, begin, end }.Any(id => (uint)id >= (uint)pieces.Length) || pieces[unknown].Kind != SentencePieceKind.Unknown)
            throw new CheckpointException(path, $"unknown, begin and end are tokens {unknown}, {begin} and {end} of {pieces.Length}, where an unknown piece and two others were expected.", Damaged);
        var library = SentencePieceModel.Create(pieces, unknown, begin, end);
        return new()
        {
            Source = path,
            Entries = [.. pieces.Select(Entry)],
            Encode = text => library.EncodeToIds(text, addBeginningOfSentence: false, addEndOfSentence: false),
            AddsLeadingSpace = true,
            Pieces = pieces,
        };
    }

    private static (string[] Tokens, GgufTokenType[] Types) Tokens(string path, GgufMetadata metadata)
    {
        var (tokens, types) = (metadata.Items<string>(GgufVocabulary.TokensKey), metadata.Items<int>(GgufVocabulary.TypesKey));
        return tokens.Length == types.Length && tokens.Length > 0
            ? (tokens, [.. types.Select(type => (GgufTokenType)type)])
            : throw new CheckpointException(path, $"{tokens.Length} tokens need as many token types, and there are {types.Length}.", Damaged);
    }

    private static SentencePieceKind Kind(string path, int id, GgufTokenType type) => type switch
    {
        GgufTokenType.Normal or GgufTokenType.Unknown or GgufTokenType.Control or GgufTokenType.Byte => (SentencePieceKind)type,
        GgufTokenType.UserDefined or GgufTokenType.Unused => SentencePieceKind.Control, // text never becomes one
        _ => throw new CheckpointException(path, $"token {id} is of the unknown type {(int)type}.", Damaged),
    };

    private static void RequireBytes(string path, SentencePiece[] pieces)
    {
        var bytes = pieces.Where(piece => piece.Kind == SentencePieceKind.Byte).Select(piece => piece.Text).ToHashSet(StringComparer.Ordinal);
        var missing = Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>").FirstOrDefault(name => !bytes.Contains(name));
        if (missing is not null || bytes.Count != 256 || pieces.Select(piece => piece.Text).Distinct().Count() != pieces.Length || pieces.Any(piece => piece.Text.Length == 0))
            throw new CheckpointException(path, $"the 256 byte pieces and no piece twice or empty were expected; {missing ?? "a piece"} is at fault.", Damaged);
    }

    private static TokenEntry Entry(SentencePiece piece) => piece.Kind switch
    {
        SentencePieceKind.Byte => new([byte.Parse(piece.Text.AsSpan(3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)]),
        SentencePieceKind.Normal => new(Encoding.UTF8.GetBytes(piece.Text.Replace('▁', ' '))),
        _ => TokenEntry.Control(piece.Text),
    };
}

using System.Text;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Tokenization;

/// <summary>
/// SentencePiece's BPE (Kudo and Richardson 2018) with byte fallback, as in llama.cpp: special pieces that the text spells
/// are cut out first, a space is put before each stretch between them, and neighbours merge, the pair with the best score
/// first, the leftmost of equals.
/// </summary>
/// <remarks>The package's own SentencePiece tokenizer (Microsoft.ML.Tokenizers 2.0.1) merges pairs of equal score from the right.</remarks>
internal sealed class SentencePieceBpe
{
    private readonly Dictionary<string, int> mergeable;
    private readonly AddedTokens spelled;
    private readonly int[] bytes = new int[256];
    private readonly IReadOnlyList<SentencePiece> pieces;
    private readonly bool addsSpace;

    private SentencePieceBpe(IReadOnlyList<SentencePiece> pieces, bool addsSpace)
    {
        (this.pieces, this.addsSpace) = (pieces, addsSpace);
        var ids = pieces.Select((piece, id) => (piece, id)).ToArray();
        mergeable = ids.Where(one => one.piece.Kind is SentencePieceKind.Normal or SentencePieceKind.Unused)
            .ToDictionary(one => one.piece.Text, one => one.id, StringComparer.Ordinal);
        spelled = new(ids.Where(one => one.piece.IsSpelled).ToDictionary(one => one.piece.Text, one => one.id, StringComparer.Ordinal));
        foreach (var (piece, id) in ids.Where(one => one.piece.Kind == SentencePieceKind.Byte))
            bytes[piece.Entry.Bytes[0]] = id;
    }

    /// <param name="source">The file that the pieces come from, for messages.</param>
    /// <param name="pieces">All pieces, by id.</param>
    /// <param name="addsSpace">Whether a space is put before the text.</param>
    /// <exception cref="FileException">A byte has no piece, or a piece is empty or occurs twice.</exception>
    public static TokenizerDescription Describe(string source, IReadOnlyList<SentencePiece> pieces, bool addsSpace = true)
    {
        RequireWhole(source, pieces);
        return new()
        {
            Source = source,
            Entries = [.. pieces.Select(piece => piece.Entry)],
            Encode = new SentencePieceBpe(pieces, addsSpace).Encode,
            AddsLeadingSpace = addsSpace,
            Pieces = pieces,
        };
    }

    private static void RequireWhole(string source, IReadOnlyList<SentencePiece> pieces)
    {
        var bytes = pieces.Where(piece => piece.Kind == SentencePieceKind.Byte).Select(piece => piece.Text)
            .ToHashSet(StringComparer.Ordinal);
        string[] expected = [.. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>")];
        if (expected.FirstOrDefault(name => !bytes.Contains(name)) is { } missing)
            throw new FileException(source, $"the piece {missing} is missing, so some text could not be encoded.", Damaged);
        if (bytes.FirstOrDefault(name => !expected.Contains(name)) is { } wrong)
            throw new FileException(source, $"the byte piece {Quote(wrong)} is none of <0x00> to <0xFF>.", Damaged);
        if (pieces.Any(piece => piece.Text.Length == 0))
            throw new FileException(source, "a piece is empty.", Damaged);
        var twice = pieces.Select((piece, id) => (piece.Text, id)).GroupBy(piece => piece.Text, StringComparer.Ordinal)
            .FirstOrDefault(same => same.Skip(1).Any());
        if (twice is not null)
            throw new FileException(
                source, $"the pieces {string.Join(" and ", twice.Take(2).Select(piece => piece.id))} are the same, {Quote(twice.Key)}.",
                Damaged);
    }

    private List<int> Encode(string text)
    {
        var ids = new List<int>();
        foreach (var segment in spelled.Split(text))
            if (segment.Token is { } token)
                ids.Add(token);
            else
                Merge(string.Concat(addsSpace ? " " : "", text.AsSpan(segment.Start, segment.Length)), ids);
        return ids;
    }

    private void Merge(string text, List<int> ids)
    {
        var merging = new SentencePieceMerging(text.Replace(' ', SentencePiece.Space), pieces, mergeable);
        foreach (var symbol in merging.Symbols())
            if (mergeable.TryGetValue(symbol, out var id))
                ids.Add(id);
            else
                ids.AddRange(Encoding.UTF8.GetBytes(symbol).Select(value => bytes[value]));
    }
}

using Course.Inference.Tokenization;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.Llama2c;

/// <summary>
/// Makes a tokenizer from llama2.c's pieces: SentencePiece's BPE with byte fallback. Ids 0 to 2 are unknown, begin and end, 3 to 258 the
/// bytes, then come the pieces; higher scores merge first. Spaces are stored as spaces, where SentencePiece writes ▁.
/// </summary>
internal static class Llama2cTokenizer
{
    private const int Unknown = 0, Begin = 1, End = 2, FirstByte = 3, FirstPiece = FirstByte + 256;

    public static TokenizerDescription Read(string path)
    {
        var pieces = Llama2cPieces.Read(path);
        RequireLayout(path, pieces);
        SentencePiece[] described = [.. pieces.Select((piece, id) => Piece(id, piece))];
        return SentencePieceBpe.Describe(path, described) with
        {
            BeginToken = Begin,
            // llama2.c's models were trained on texts with a begin token before each and no end token: the next begin token ends a text.
            EndTokens = [End, Begin],
            Prefix = [Begin],
        };
    }

    private static SentencePiece Piece(int id, Llama2cPiece piece) => id switch
    {
        Unknown => new("<unk>", 0, SentencePieceKind.Unknown),
        Begin => new("<s>", 0, SentencePieceKind.Control),
        End => new("</s>", 0, SentencePieceKind.Control),
        < FirstPiece => new(piece.Text, 0, SentencePieceKind.Byte),
        _ => new(piece.Text.Replace(' ', SentencePiece.Space), piece.Score, SentencePieceKind.Normal),
    };

    private static void RequireLayout(string path, IReadOnlyList<Llama2cPiece> pieces)
    {
        if (pieces.Count < FirstPiece)
            throw new FileException(
                path, $"it has {pieces.Count} pieces, but three control tokens and 256 bytes alone are {FirstPiece}.",
                Llama2cPieces.Remedy);
        for (var value = 0; value < 256; value++)
            if (pieces[FirstByte + value].Text != $"<0x{value:X2}>")
                throw new FileException(
                    path, $"piece {FirstByte + value} is {Quote(pieces[FirstByte + value].Text)}, where <0x{value:X2}> was expected.",
                    Llama2cPieces.Remedy);
    }
}

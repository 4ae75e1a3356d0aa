using System.Buffers.Binary;
using Course.Inference.Files;

namespace Course.Inference.Checkpoints.Llama2c;

/// <summary>A piece in llama2.c's tokenizer file.</summary>
internal readonly record struct Llama2cPiece(string Text, float Score);

/// <summary>
/// Reads llama2.c's tokenizer file, little-endian: int32 length of the longest piece in bytes, then for each piece float32 score,
/// int32 length and that many bytes of UTF-8. The number of pieces is not stored; the file's length determines it.
/// </summary>
internal static class Llama2cPieces
{
    private const int HeaderBytes = 4, PieceHeaderBytes = 8;

    public const string Remedy = "Is it llama2.c's tokenizer? " + CheckpointFile.Damaged;

    public static IReadOnlyList<Llama2cPiece> Read(string path)
    {
        var bytes = CheckpointFile.ReadAllBytes(path);
        if (bytes.Length < HeaderBytes)
            throw Broken(path, 0, $"the file has {bytes.Length} bytes");
        var longest = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var pieces = new List<Llama2cPiece>();
        var at = HeaderBytes;
        while (at < bytes.Length)
        {
            if (bytes.Length - at < PieceHeaderBytes)
                throw Broken(path, at, $"piece {pieces.Count} is cut off");
            var score = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at));
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4));
            if (length < 1 || length > longest || length > bytes.Length - at - PieceHeaderBytes)
                throw Broken(path, at,
                    $"piece {pieces.Count} says it has {length} bytes; the longest has {longest} and " +
                    $"{bytes.Length - at - PieceHeaderBytes} follow");
            if (!float.IsFinite(score))
                throw Broken(path, at, $"piece {pieces.Count} has the score {score}");
            pieces.Add(new(Utf8File.Decode(bytes.AsSpan(at + PieceHeaderBytes, length), $"{path}, piece {pieces.Count}"), score));
            at += PieceHeaderBytes + length;
        }
        return pieces;
    }

    private static FileException Broken(string path, int at, string what) => new(path, $"at byte {at}, {what}.", Remedy);
}

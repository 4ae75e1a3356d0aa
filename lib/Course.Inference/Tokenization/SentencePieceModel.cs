using Google.Protobuf;
using Microsoft.ML.Tokenizers;

namespace Course.Inference.Tokenization;

/// <summary>A piece of a SentencePiece vocabulary; its id is its place.</summary>
internal readonly record struct SentencePiece(string Text, float Score, SentencePieceKind Kind);

/// <summary>The kinds, with the numbers that SentencePiece's own format gives them.</summary>
internal enum SentencePieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    Byte = 6,
}

/// <summary>
/// Makes the library's SentencePiece tokenizer from pieces. It reads only SentencePiece's own file format, a protocol buffer
/// (<c>sentencepiece_model.proto</c>), so the pieces are written in that format, in memory; the numbers are its field numbers.
/// </summary>
internal static class SentencePieceModel
{
    public static SentencePieceTokenizer Create(IEnumerable<SentencePiece> pieces, int unknown, int begin, int end)
    {
        using var file = new MemoryStream();
        using (var output = new CodedOutputStream(file, leaveOpen: true))
        {
            foreach (var piece in pieces)
                WriteMessage(output, 1, message => Write(message, piece));
            WriteMessage(output, 2, trainer =>
            {
                WriteNumber(trainer, 3, 2);      // model_type: BPE
                WriteNumber(trainer, 35, 1);     // byte_fallback
                WriteNumber(trainer, 40, unknown);
                WriteNumber(trainer, 41, begin);
                WriteNumber(trainer, 42, end);
            });
            WriteMessage(output, 3, normalizer =>
            {
                WriteNumber(normalizer, 3, 1);   // add_dummy_prefix
                WriteNumber(normalizer, 4, 0);   // remove_extra_whitespaces
                WriteNumber(normalizer, 5, 1);   // escape_whitespaces
            });
        }
        file.Position = 0;
        return SentencePieceTokenizer.Create(file, addBeginningOfSentence: false, addEndOfSentence: false);
    }

    private static void Write(CodedOutputStream message, SentencePiece piece)
    {
        message.WriteTag(1, WireFormat.WireType.LengthDelimited);
        message.WriteString(piece.Text);
        message.WriteTag(2, WireFormat.WireType.Fixed32);
        message.WriteFloat(piece.Score);
        WriteNumber(message, 3, (int)piece.Kind);
    }

    private static void WriteNumber(CodedOutputStream message, int field, int value)
    {
        message.WriteTag(field, WireFormat.WireType.Varint);
        message.WriteInt32(value);
    }

    private static void WriteMessage(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        using var content = new MemoryStream();
        using (var message = new CodedOutputStream(content, leaveOpen: true))
            write(message);
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content.GetBuffer().AsSpan(0, (int)content.Length)));
    }
}

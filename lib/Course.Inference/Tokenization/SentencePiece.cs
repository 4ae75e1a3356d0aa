using System.Globalization;
using System.Text;

namespace Course.Inference.Tokenization;

/// <summary>A piece of a SentencePiece vocabulary; its id is its index.</summary>
internal readonly record struct SentencePiece(string Text, float Score, SentencePieceKind Kind)
{
    /// <summary>The mark that SentencePiece writes for a space.</summary>
    public const char Space = '▁';

    /// <summary>The bytes that the piece represents. In a user-defined piece, a space mark is not a space but itself.</summary>
    public TokenEntry Entry => Kind switch
    {
        SentencePieceKind.Byte => new([byte.Parse(Text.AsSpan(3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)]),
        SentencePieceKind.Normal => new(Encoding.UTF8.GetBytes(Text.Replace(Space, ' '))),
        SentencePieceKind.UserDefined => new(Encoding.UTF8.GetBytes(Text)),
        _ => TokenEntry.Control(Text),
    };

    /// <summary>Whether text that spells the piece becomes the piece before anything is merged.</summary>
    public bool IsSpelled => Kind is SentencePieceKind.Control or SentencePieceKind.Unknown or SentencePieceKind.UserDefined;
}

/// <summary>The kinds of pieces, with their numbers in SentencePiece's own format.</summary>
internal enum SentencePieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,

    /// <summary>An intermediate result of the merges that is never a token: at the end it is split again.</summary>
    Unused = 5,
    Byte = 6,
}

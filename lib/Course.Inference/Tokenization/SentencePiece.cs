using System.Globalization;
using System.Text;

namespace Course.Inference.Tokenization;

/// <summary>A piece of a SentencePiece vocabulary; its id is its place.</summary>
internal readonly record struct SentencePiece(string Text, float Score, SentencePieceKind Kind)
{
    /// <summary>How SentencePiece writes a space.</summary>
    public const char Space = '▁';

    /// <summary>What the piece stands for. A user-defined one is its text as it is written, space marks included.</summary>
    public TokenEntry Entry => Kind switch
    {
        SentencePieceKind.Byte => new([byte.Parse(Text.AsSpan(3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)]),
        SentencePieceKind.Normal => new(Encoding.UTF8.GetBytes(Text.Replace(Space, ' '))),
        SentencePieceKind.UserDefined => new(Encoding.UTF8.GetBytes(Text)),
        _ => TokenEntry.Control(Text),
    };

    /// <summary>Whether text that spells the piece is the piece, before anything is merged.</summary>
    public bool IsSpelled => Kind is SentencePieceKind.Control or SentencePieceKind.Unknown or SentencePieceKind.UserDefined;
}

/// <summary>The kinds, with the numbers that SentencePiece's own format gives them.</summary>
internal enum SentencePieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,

    /// <summary>A step of the merges that is never the result: it falls apart again.</summary>
    Unused = 5,
    Byte = 6,
}

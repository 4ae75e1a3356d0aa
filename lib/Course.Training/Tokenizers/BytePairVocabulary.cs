using Course.Inference.Tokenization;

namespace Course.Training.Tokenizers;

/// <summary>A merge of two adjacent tokens into one.</summary>
public readonly record struct Merge(int Left, int Right, int Merged);

/// <summary>
/// A byte-level BPE vocabulary: special tokens first, then the 256 bytes, then one token per merge, in the order in which they were learnt.
/// </summary>
public sealed class BytePairVocabulary
{
    private readonly List<byte[]> tokens;

    /// <param name="specials">Special tokens, which no text can produce; their ids start at 0.</param>
    /// <param name="merges">Pairs of ids; each id must exist before its merge.</param>
    public BytePairVocabulary(IReadOnlyList<string> specials, IEnumerable<(int Left, int Right)> merges)
    {
        Specials = specials;
        tokens =
        [
            .. Enumerable.Range(0, FirstByte).Select(_ => Array.Empty<byte>()),
            .. Enumerable.Range(0, 256).Select(b => new[] { (byte)b }),
        ];
        var learnt = new List<Merge>();
        foreach (var (left, right) in merges)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(left, right), FirstByte, nameof(merges));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(left, right), tokens.Count, nameof(merges));
            learnt.Add(new(left, right, tokens.Count));
            tokens.Add([.. tokens[left], .. tokens[right]]);
        }
        Merges = learnt;
    }

    public IReadOnlyList<string> Specials { get; }

    public IReadOnlyList<Merge> Merges { get; }

    /// <summary>The vocabulary size V.</summary>
    public int Size => tokens.Count;

    /// <summary>The id of byte 0; the other bytes follow.</summary>
    public int FirstByte => Specials.Count;

    /// <summary>The bytes of a token; empty for a special token.</summary>
    public ReadOnlySpan<byte> Bytes(int id) => tokens[id];

    /// <summary>The token as it is written in a vocabulary file.</summary>
    public string Spelling(int id) => id < FirstByte ? Specials[id] : string.Concat(tokens[id].Select(ByteAlphabet.Of));
}

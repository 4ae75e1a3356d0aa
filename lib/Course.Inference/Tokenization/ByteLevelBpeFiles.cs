using System.Text;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Tokenization;

/// <summary>The parts of a byte-level BPE tokenizer, as read from its files.</summary>
internal sealed record ByteLevelBpeFiles
{
    /// <summary>GPT-2's pattern: contractions, words, numbers and the rest, each with the space before it.</summary>
    public const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public required string Source { get; init; }

    /// <summary>Tokens in letters of <see cref="ByteAlphabet"/>, and their ids.</summary>
    public required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    /// <summary>Each merge as "left right", the first to apply first.</summary>
    public required IReadOnlyList<string> Merges { get; init; }

    public required IReadOnlyList<string> Patterns { get; init; }

    public IReadOnlyDictionary<string, int> Added { get; init; } = new Dictionary<string, int>();

    /// <summary>The ids of added tokens that represent no text.</summary>
    public IReadOnlySet<int> Control { get; init; } = new HashSet<int>();

    /// <summary>Whether a piece of text that is a token as a whole becomes that token, even if the merges would not lead to it.</summary>
    public bool IgnoresMerges { get; init; }

    /// <summary>The token of each id, [V]; null where no token has the id.</summary>
    /// <exception cref="FileException">Two tokens share an id, or an id is far too large.</exception>
    public TokenEntry?[] Entries()
    {
        var entries = new TokenEntry?[VocabularySize()];
        foreach (var (token, id) in Vocabulary)
            entries[id] = entries[id] is null
                ? new(ByteAlphabet.Bytes(token))
                : throw new FileException(
                    Source, $"two tokens of the vocabulary have id {id}, and {Quote(token)} is one of them.", Damaged);
        foreach (var (token, id) in Added)
        {
            if (entries[id] is not null && (!Vocabulary.TryGetValue(token, out var same) || same != id))
                throw new FileException(Source, $"the added token {Quote(token)} has id {id}, which another token has too.", Damaged);
            entries[id] = Control.Contains(id) ? TokenEntry.Control(token) : new(Encoding.UTF8.GetBytes(token));
        }
        return entries;
    }

    /// <summary>
    /// One more than the largest id. Real vocabularies have few gaps, so an id far above the number of tokens is refused: it would reserve
    /// gigabytes.
    /// </summary>
    private int VocabularySize()
    {
        var count = Vocabulary.Count + Added.Count;
        var wild = Vocabulary.Concat(Added).FirstOrDefault(pair => pair.Value < 0 || pair.Value >= 2L * count + 1024);
        if (wild.Key is not null)
            throw new FileException(Source, $"token {Quote(wild.Key)} has id {wild.Value}, far outside what {count} tokens need.", Damaged);
        return Vocabulary.Concat(Added).Max(pair => pair.Value) + 1;
    }

    /// <summary>Checks that every byte has a token.</summary>
    /// <exception cref="FileException">A byte has no token.</exception>
    public void RequireAllBytes()
    {
        for (var value = 0; value < 256; value++)
            if (!Vocabulary.ContainsKey(ByteAlphabet.Of((byte)value).ToString()))
                throw new FileException(
                    Source,
                    $"the vocabulary has no token for byte 0x{value:X2} ('{ByteAlphabet.Of((byte)value)}'), so it is not byte-level and " +
                    "some text could not be encoded.",
                    "Only byte-level BPE is read from this format: choose another checkpoint.");
    }
}

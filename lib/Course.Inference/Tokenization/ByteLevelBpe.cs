using System.Text;
using System.Text.RegularExpressions;
using Course.Inference.Models;
using Microsoft.ML.Tokenizers;
using static Course.Inference.Models.CheckpointFile;

namespace Course.Inference.Tokenization;

/// <summary>Byte-level BPE as its files describe it.</summary>
internal sealed record ByteLevelBpeFiles
{
    /// <summary>GPT-2's pattern: contractions, words, numbers and the rest, each with the space before it.</summary>
    public const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public required string Source { get; init; }

    /// <summary>Tokens in letters of <see cref="ByteAlphabet"/>, and their ids.</summary>
    public required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    /// <summary>"left right", the earliest first.</summary>
    public required IReadOnlyList<string> Merges { get; init; }

    public required IReadOnlyList<string> Patterns { get; init; }

    public IReadOnlyDictionary<string, int> Added { get; init; } = new Dictionary<string, int>();

    /// <summary>Which added tokens stand for no text.</summary>
    public IReadOnlySet<int> Control { get; init; } = new HashSet<int>();

    /// <summary>Whether a piece that is a token is taken whole, even where the merges would not lead to it.</summary>
    public bool IgnoresMerges { get; init; }
}

/// <summary>Byte-level BPE (Sennrich et al. 2016, on bytes as in GPT-2): the library merges, this class prepares what it gets.</summary>
internal sealed class ByteLevelBpe
{
    // A pattern comes from a file. This bounds what a malicious one can cost for one piece; an ordinary one takes microseconds.
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private readonly ByteLevelBpeFiles files;
    private readonly AddedTokens added;
    private readonly PreTokenizer pieces;
    private readonly BpeTokenizer bpe;

    private ByteLevelBpe(ByteLevelBpeFiles files)
    {
        this.files = files;
        added = new(files.Added);
        pieces = new UnicodePreTokenizer([.. files.Patterns.Select(pattern => new Regex(pattern, RegexOptions.CultureInvariant, PatternTimeout))]);
        bpe = BpeTokenizer.Create(new(files.Vocabulary) { Merges = files.Merges, ByteLevel = true, PreTokenizer = pieces });
    }

    /// <exception cref="CourseException">The parts do not fit each other.</exception>
    public static TokenizerDescription Describe(ByteLevelBpeFiles files)
    {
        RequireAllBytes(files);
        try
        {
            return new() { Source = files.Source, Entries = Entries(files), Encode = new ByteLevelBpe(files).Encode };
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new CheckpointException(files.Source, $"vocabulary, merges and patterns do not make a BPE tokenizer: {e.Message}", Damaged, e);
        }
    }

    private List<int> Encode(string text)
    {
        var ids = new List<int>();
        foreach (var segment in added.Split(text))
            if (segment.Token is { } token)
                ids.Add(token);
            else
                EncodePlain(text.Substring(segment.Start, segment.Length), ids);
        return ids;
    }

    private void EncodePlain(string text, List<int> ids)
    {
        if (!files.IgnoresMerges)
        {
            ids.AddRange(bpe.EncodeToIds(text));
            return;
        }
        foreach (var (offset, length) in pieces.PreTokenize(text))
            if (files.Vocabulary.TryGetValue(ByteAlphabet.Spell(text.AsSpan(offset, length)), out var id))
                ids.Add(id);
            else
                ids.AddRange(bpe.EncodeToIds(text.AsSpan(offset, length), considerPreTokenization: false));
    }

    private static TokenEntry?[] Entries(ByteLevelBpeFiles files)
    {
        var entries = new TokenEntry?[VocabularySize(files)];
        foreach (var (token, id) in files.Vocabulary)
            entries[id] = entries[id] is null
                ? new(ByteAlphabet.Bytes(token))
                : throw new CheckpointException(files.Source, $"two tokens of the vocabulary have id {id}, and {Quote(token)} is one of them.", Damaged);
        foreach (var (token, id) in files.Added)
        {
            if (entries[id] is not null && (!files.Vocabulary.TryGetValue(token, out var same) || same != id))
                throw new CheckpointException(files.Source, $"the added token {Quote(token)} has id {id}, which another token has too.", Damaged);
            entries[id] = files.Control.Contains(id) ? TokenEntry.Control(token) : new(Encoding.UTF8.GetBytes(token));
        }
        return entries;
    }

    /// <summary>One more than the largest id. Real vocabularies have few gaps; one wild id must not reserve gigabytes.</summary>
    private static int VocabularySize(ByteLevelBpeFiles files)
    {
        var count = files.Vocabulary.Count + files.Added.Count;
        var wild = files.Vocabulary.Concat(files.Added).FirstOrDefault(pair => pair.Value < 0 || pair.Value >= 2L * count + 1024);
        if (wild.Key is not null)
            throw new CheckpointException(files.Source, $"token {Quote(wild.Key)} has id {wild.Value}, far outside what {count} tokens need.", Damaged);
        return files.Vocabulary.Concat(files.Added).Max(pair => pair.Value) + 1;
    }

    private static void RequireAllBytes(ByteLevelBpeFiles files)
    {
        for (var value = 0; value < 256; value++)
            if (!files.Vocabulary.ContainsKey(ByteAlphabet.Of((byte)value).ToString()))
                throw new CheckpointException(
                    files.Source,
                    $"the vocabulary has no token for byte 0x{value:X2} ('{ByteAlphabet.Of((byte)value)}'), so it is not byte-level and some text could not be encoded.",
                    "Only byte-level BPE is read from this format: choose another checkpoint.");
    }
}

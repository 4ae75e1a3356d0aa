using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Tokenization;

/// <summary>
/// Byte-level BPE (Sennrich et al. 2016, on bytes as in GPT-2). The package Microsoft.ML.Tokenizers merges; this class prepares its input.
/// </summary>
internal sealed class ByteLevelBpe
{
    // Patterns come from a file. This bounds the time that a malicious one can take for one piece; an ordinary one takes microseconds.
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private readonly ByteLevelBpeFiles files;
    private readonly AddedTokens added;
    private readonly PreTokenizer pieces;
    private readonly BpeTokenizer bpe;

    private ByteLevelBpe(ByteLevelBpeFiles files)
    {
        this.files = files;
        added = new(files.Added);
        pieces = new UnicodePreTokenizer(
            [.. files.Patterns.Select(pattern => new Regex(pattern, RegexOptions.CultureInvariant, PatternTimeout))]);
        bpe = BpeTokenizer.Create(new(files.Vocabulary) { Merges = files.Merges, ByteLevel = true, PreTokenizer = pieces });
    }

    /// <exception cref="FileException">Vocabulary, merges and patterns do not fit together.</exception>
    public static TokenizerDescription Describe(ByteLevelBpeFiles files)
    {
        files.RequireAllBytes();
        try
        {
            return new() { Source = files.Source, Entries = files.Entries(), Encode = new ByteLevelBpe(files).Encode, Bpe = files };
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new FileException(
                files.Source, $"vocabulary, merges and patterns do not make a BPE tokenizer: {SafeText.Line(e.Message)}", Damaged, e);
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
}

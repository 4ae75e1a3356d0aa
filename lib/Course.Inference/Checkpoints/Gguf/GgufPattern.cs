using Course.Inference.Files;
using Course.Inference.Tokenization;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>
/// The patterns that cut text before byte-level BPE. GGUF does not store them, but only the name under which llama.cpp knows them.
/// </summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Patterns">The patterns, in the order in which they are applied.</param>
/// <param name="IgnoresMerges">Whether a piece of text that is a token as a whole becomes that token.</param>
/// <param name="AddsBegin">Whether a prompt begins with the begin token if the file does not say.</param>
internal sealed record GgufPattern(string Name, IReadOnlyList<string> Patterns, bool IgnoresMerges = false, bool AddsBegin = false)
{
    private const string Llama3 =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly GgufPattern[] Known =
    [
        new("gpt-2", [ByteLevelBpeFiles.Gpt2Pattern]),
        new("smollm", [@"\p{N}", ByteLevelBpeFiles.Gpt2Pattern], false),
        new("llama-bpe", [Llama3], IgnoresMerges: true, AddsBegin: true),
        new("llama3", [Llama3], IgnoresMerges: true, AddsBegin: true),
        new("llama-v3", [Llama3], IgnoresMerges: true, AddsBegin: true),
    ];

    /// <summary>The name of a tokenizer's patterns.</summary>
    /// <exception cref="CourseException">llama.cpp has no name for the patterns, or this project does not know it.</exception>
    public static string NameOf(string source, ByteLevelBpeFiles bpe) =>
        Known.FirstOrDefault(known => known.Patterns.SequenceEqual(bpe.Patterns) && known.IgnoresMerges == bpe.IgnoresMerges)?.Name
        ?? throw new CourseException(
            $"{source} cuts text by patterns that have no name in GGUF; known names: " +
            $"{string.Join(", ", Known.Select(known => known.Name))}.");

    public static GgufPattern Named(GgufMetadata metadata)
    {
        var name = metadata.Text(GgufVocabularyKeys.Pattern);
        return Known.FirstOrDefault(known => known.Name == name)
            ?? throw metadata.Unsupported(
                GgufVocabularyKeys.Pattern, CheckpointFile.Quote(name), string.Join(", ", Known.Select(known => known.Name)));
    }
}

using Course.Inference.Files;
using Course.Inference.Tokenization;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>Reads GPT-2's two files: <c>vocab.json</c>, and <c>merges.txt</c> beside it with one merge per line.</summary>
internal static class Gpt2Tokenizer
{
    public const string VocabularyFile = "vocab.json";
    public const string MergesFile = "merges.txt";
    private const string EndOfText = "<|endoftext|>";

    public static TokenizerDescription Read(string vocabularyPath)
    {
        var vocabulary = JsonVocabulary.Read(JsonValue.Read(vocabularyPath));
        var control = vocabulary.Where(pair => pair.Key == EndOfText).ToDictionary();
        var description = ByteLevelBpe.Describe(new()
        {
            Source = vocabularyPath,
            Vocabulary = vocabulary,
            Merges = ReadMerges(Path.Combine(Path.GetDirectoryName(vocabularyPath)!, MergesFile)),
            Patterns = [ByteLevelBpeFiles.Gpt2Pattern],
            Added = control,
            Control = control.Values.ToHashSet(),
        });
        return control.TryGetValue(EndOfText, out var id) ? description with { BeginToken = id, EndTokens = [id] } : description;
    }

    private static string[] ReadMerges(string path)
    {
        // Only the first line can be a comment: "# #" further down is a merge.
        var lines = Utf8File.Decode(ReadAllBytes(path), path).Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        var first = lines[0].StartsWith("#version", StringComparison.Ordinal) ? 1 : 0;
        for (var i = first; i < lines.Length; i++)
            if (lines[i].Length > 0 && lines[i].Split(' ') is not [{ Length: > 0 }, { Length: > 0 }])
                throw new FileException(
                    path, $"a merge is two tokens with one space between them, but line {i + 1} is {Quote(lines[i])}.", Damaged);
        return [.. lines.Skip(first).Where(line => line.Length > 0)];
    }
}

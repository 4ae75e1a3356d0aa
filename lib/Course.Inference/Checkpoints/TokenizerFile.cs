using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Checkpoints.HuggingFace;
using Course.Inference.Checkpoints.Llama2c;
using Course.Inference.Files;
using Course.Inference.Tokenization;

namespace Course.Inference.Checkpoints;

/// <summary>Finds and reads the tokenizer of a model.</summary>
public static class TokenizerFile
{
    private const string HuggingFaceFile = "tokenizer.json";

    /// <param name="path">
    /// A checkpoint folder (<c>tokenizer.json</c>, or <c>vocab.json</c> and <c>merges.txt</c>); a GGUF file, which holds its own; a model file of llama2.c, with
    /// <c>tokenizer.bin</c> or <c>tok*.bin</c> of its vocabulary's size beside it; or one of these tokenizer files itself.
    /// </param>
    /// <exception cref="CourseException">There is none, it is damaged, or it is of a kind that is not supported.</exception>
    public static ITokenizer Load(string path) => new Tokenizer(Read(Directory.Exists(path) ? FileIn(path) : path));

    private static TokenizerDescription Read(string path)
    {
        if (!File.Exists(path))
            throw new CheckpointException(path, "there is no such file or folder.", "Give a checkpoint folder, a GGUF file, a model file of llama2.c, or a tokenizer file.");
        return Path.GetFileName(path) switch
        {
            Gpt2Tokenizer.VocabularyFile => TextEnds.Apply(Gpt2Tokenizer.Read(path)),
            var name when name.EndsWith(".json", StringComparison.Ordinal) => TextEnds.Apply(HuggingFaceTokenizer.Read(path)),
            var name when name.StartsWith("tok", StringComparison.Ordinal) && name.EndsWith(".bin", StringComparison.Ordinal) => Llama2cTokenizer.Read(path),
            _ when GgufFile.Is(path) => GgufTokenizer.Read(path),
            _ => BesideLlama2cModel(path),
        };
    }

    private static string FileIn(string folder) =>
        new[] { HuggingFaceFile, Gpt2Tokenizer.VocabularyFile }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new CheckpointException(
            folder, $"it has no tokenizer: neither {HuggingFaceFile} nor {Gpt2Tokenizer.VocabularyFile} with {Gpt2Tokenizer.MergesFile}.",
            "Put the model's own there; for a model of llama2.c give the path of its file, not of the folder.");

    private static TokenizerDescription BesideLlama2cModel(string model)
    {
        var vocabularySize = Llama2cFile.ReadConfiguration(model).VocabularySize;
        var folder = Path.GetDirectoryName(Path.GetFullPath(model))!;
        var candidates = Directory.GetFiles(folder, "tok*.bin").Order(StringComparer.Ordinal).Select(Llama2cTokenizer.Read).ToArray();
        return candidates.FirstOrDefault(tokenizer => tokenizer.Entries.Count == vocabularySize) ?? throw new CheckpointException(
            model,
            $"it has {vocabularySize} tokens, and no tokenizer of that size lies beside it: " + (candidates.Length == 0
                ? $"there is no tokenizer.bin or tok*.bin in {folder}."
                : $"there is {string.Join(", ", candidates.Select(tokenizer => $"{tokenizer.Source} with {tokenizer.Entries.Count}"))}."),
            "Put the model's own there.");
    }
}

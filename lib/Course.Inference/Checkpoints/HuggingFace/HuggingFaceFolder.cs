using Course.Inference.Checkpoints.Safetensors;
using Course.Inference.Families.Llama;
using Course.Inference.Files;
using Course.Inference.Tokenization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>
/// A folder with <c>config.json</c>, <c>model.safetensors</c> (or its shards), and <c>tokenizer.json</c> or <c>vocab.json</c> and
/// <c>merges.txt</c>.
/// </summary>
internal sealed class HuggingFaceFolder : ICheckpointFormat
{
    private const string TokenizerName = "tokenizer.json";

    public bool HasModel(string path) => Directory.Exists(path) || IsOneFile(path);

    public (LlamaConfiguration Configuration, Dictionary<string, Tensor> Tensors) Read(string path, long leastBytes)
    {
        if (!Directory.Exists(path))
            throw new FileException(path, "this is one file of a checkpoint.", "Name the folder that holds it.");
        var configuration = LlamaConfigurationFile.Read(Path.Combine(path, LlamaConfigurationFile.FileName));
        using var weights = new WeightFiles(path);
        string[] names = [.. weights.Names.Where(name => !IsDerived(name))];
        if (configuration.TiedEmbeddings && IsCopyOfEmbedding(weights, names))
            names = [.. names.Where(name => name != LlamaLayout.Head)];
        LlamaLayout.RequireFit(configuration, weights.Source, names, name => weights.Entry(name).Shape, weights.FileOf);
        FreeMemory.Require(path, names.Select(weights.Entry).Sum(entry => Math.Max(entry.Bytes, leastBytes * Count(entry.Shape))));
        return (configuration, names.ToDictionary(name => name, weights.Read, StringComparer.Ordinal));
    }

    public bool HasTokenizer(string path) => Directory.Exists(path) || path.EndsWith(".json", StringComparison.Ordinal);

    public TokenizerDescription ReadTokenizer(string path)
    {
        var file = Directory.Exists(path) ? FileIn(path) : path;
        var isGpt2 = Path.GetFileName(file) == Gpt2Tokenizer.VocabularyFile;
        return TextEnds.Apply(isGpt2 ? Gpt2Tokenizer.Read(file) : HuggingFaceTokenizer.Read(file));
    }

    private static bool IsOneFile(string path) =>
        path.EndsWith(".safetensors", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal);

    private static string FileIn(string folder) =>
        new[] { TokenizerName, Gpt2Tokenizer.VocabularyFile }
            .Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new FileException(
            folder, $"it has no tokenizer: neither {TokenizerName} nor {Gpt2Tokenizer.VocabularyFile} with {Gpt2Tokenizer.MergesFile}.",
            "Put the model's own tokenizer there; for a model of llama2.c, give the path of its file, not of the folder.");

    /// <summary>Whether there is a head that is a copy of the embedding: some programs write both, although they are tied.</summary>
    private static bool IsCopyOfEmbedding(WeightFiles weights, string[] names)
    {
        const string head = LlamaLayout.Head, embedding = LlamaLayout.Embedding;
        if (!names.Contains(head) || !names.Contains(embedding)
            || weights.Entry(head).Type != weights.Entry(embedding).Type
            || !weights.Entry(head).Shape.SequenceEqual(weights.Entry(embedding).Shape))
            return false;
        FreeMemory.Require(weights.FileOf(head), weights.Entry(head).Bytes + weights.Entry(embedding).Bytes);
        using var scope = NewDisposeScope();
        return weights.Read(head).eq(weights.Read(embedding)).all().ToBoolean();
    }

    private static long Count(IReadOnlyList<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>
    /// Whether a tensor holds the rotary frequencies, which early Llama exports store although they follow from the configuration.
    /// </summary>
    private static bool IsDerived(string name) => name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);
}

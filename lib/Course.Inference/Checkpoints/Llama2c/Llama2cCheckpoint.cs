using Course.Inference.Families.Llama;
using Course.Inference.Files;
using Course.Inference.Tokenization;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Llama2c;

/// <summary>
/// A model file of llama2.c and a tokenizer file beside it, <c>tokenizer.bin</c> or <c>tok*.bin</c>. Neither has a magic number.
/// </summary>
internal sealed class Llama2cCheckpoint : ICheckpointFormat
{
    public bool HasModel(string path) => File.Exists(path);

    public (LlamaConfiguration Configuration, Dictionary<string, Tensor> Tensors) Read(string path, long leastBytes)
    {
        var configuration = Llama2cFile.ReadConfiguration(path);
        FreeMemory.Require(path, LlamaLayout.ParameterCount(configuration) * sizeof(float));
        return (configuration, Llama2cFile.ReadTensors(path, configuration));
    }

    public bool HasTokenizer(string path) => File.Exists(path);

    public TokenizerDescription ReadTokenizer(string path) =>
        IsTokenizer(Path.GetFileName(path)) ? Llama2cTokenizer.Read(path) : BesideModel(path);

    private static bool IsTokenizer(string name) =>
        name.StartsWith("tok", StringComparison.Ordinal) && name.EndsWith(".bin", StringComparison.Ordinal);

    private static TokenizerDescription BesideModel(string model)
    {
        var vocabularySize = Llama2cFile.ReadConfiguration(model).VocabularySize;
        var folder = Path.GetDirectoryName(Path.GetFullPath(model))!;
        var candidates = Directory.GetFiles(folder, "tok*.bin").Order(StringComparer.Ordinal).Select(Llama2cTokenizer.Read).ToArray();
        return candidates.FirstOrDefault(tokenizer => tokenizer.Entries.Count == vocabularySize) ?? throw new FileException(
            model,
            $"it has {vocabularySize} tokens, and there is no tokenizer of that size beside it: " + (candidates.Length == 0
                ? $"there is no tokenizer.bin or tok*.bin in {folder}."
                : $"there is {string.Join(", ", candidates.Select(tokenizer => $"{tokenizer.Source} with {tokenizer.Entries.Count}"))}."),
            "Put the model's own tokenizer there.");
    }
}

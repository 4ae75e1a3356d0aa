using Course.Inference.Families.Llama;
using Course.Inference.Tokenization;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>A GGUF file, which contains model and tokenizer.</summary>
internal sealed class GgufCheckpoint : ICheckpointFormat
{
    public bool HasModel(string path) => File.Exists(path) && GgufFile.Is(path);

    public (LlamaConfiguration Configuration, Dictionary<string, Tensor> Tensors) Read(string path, long leastBytes) =>
        GgufImport.Read(path, leastBytes);

    public bool HasTokenizer(string path) => HasModel(path);

    public TokenizerDescription ReadTokenizer(string path) => GgufTokenizer.Read(path);
}

using Course.Inference.Families.Llama;
using Course.Inference.Tokenization;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>Writes models as GGUF files that llama.cpp runs, architecture <c>llama</c>.</summary>
public static class GgufExport
{
    /// <summary>
    /// Writes every matrix, including the embedding, as <paramref name="type"/>. Gains are written as F32, as llama.cpp requires.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="c">The model's configuration.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name; they are not changed.</param>
    /// <param name="type">F32, F16, Q8_0 or Q4_0.</param>
    /// <param name="tokenizer">The model's tokenizer; without one, other programs can run the model only on ids.</param>
    /// <exception cref="CourseException">
    /// The tensors do not fit the configuration, a row does not divide into blocks, the type cannot hold a weight, or the file cannot be
    /// written.
    /// </exception>
    public static void Write(
        string path, LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, GgufType type, ITokenizer? tokenizer = null)
    {
        LlamaLayout.RequireFit(c.Validated(), path, tensors.Keys, name => tensors[name].shape);
        Write(path, c, type, tokenizer, LlamaGguf.Names(c).Where(name => tensors.ContainsKey(name.Ours)).Select(name =>
            GgufTensors.Part(
                name.Theirs, tensors[name.Ours], tensors[name.Ours].dim() == 1 ? GgufType.F32 : type, LlamaGguf.FileOrder(c, name))));
    }

    /// <summary>
    /// Writes int4 matrices with groups of 32 bit for bit as Q4_0, and embedding and gains as F32. The head is written as a tensor of its
    /// own, even if the model ties it to the embedding.
    /// </summary>
    /// <exception cref="CourseException">The matrices have another format, or the file cannot be written.</exception>
    public static void Write(string path, LlamaConfiguration c, QuantizedWeights weights, ITokenizer? tokenizer = null)
    {
        weights.RequireFit(c.Validated());
        Write(path, c, GgufType.Q4_0, tokenizer, LlamaGguf.Names(c).Select(name => weights.Matrices.TryGetValue(name.Ours, out var matrix)
            ? GgufTensors.Part(name.Theirs, matrix, LlamaGguf.FileOrder(c, name))
            : GgufTensors.Part(name.Theirs, weights.Tensors[name.Ours], GgufType.F32)));
    }

    private static void Write(string path, LlamaConfiguration c, GgufType type, ITokenizer? tokenizer, IEnumerable<GgufPart> parts) =>
        GgufWriter.Write(path, [.. LlamaGgufKeys.Of(c, type), .. GgufVocabulary.Of(tokenizer, c)], [.. parts]);
}

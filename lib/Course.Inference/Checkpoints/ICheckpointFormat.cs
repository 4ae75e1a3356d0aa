using Course.Inference.Families.Llama;
using Course.Inference.Tokenization;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints;

/// <summary>
/// One way in which models and their tokenizers are kept in files. A new format is a class of this kind and a line in
/// <see cref="Formats"/>.
/// </summary>
internal interface ICheckpointFormat
{
    /// <summary>Whether a model that lies there is of this format, by its name or its first bytes.</summary>
    bool HasModel(string path);

    /// <summary>
    /// The configuration, and every tensor by its checkpoint name, in host memory and in the caller's dispose scope, each in the type
    /// of the file.
    /// </summary>
    /// <param name="path">The model's.</param>
    /// <param name="leastBytes">
    /// What an element will take at least, once the caller has converted it: before anything is read there must be memory for it.
    /// </param>
    /// <exception cref="CourseException">
    /// Something is missing, damaged, of the wrong shape or type, or not a model that this project runs.
    /// </exception>
    (LlamaConfiguration Configuration, Dictionary<string, Tensor> Tensors) Read(string path, long leastBytes);

    /// <summary>Whether a tokenizer that lies there, by itself or with a model, is of this format.</summary>
    bool HasTokenizer(string path);

    /// <exception cref="CourseException">There is none, it is damaged, or it is of a kind that is not supported.</exception>
    TokenizerDescription ReadTokenizer(string path);
}

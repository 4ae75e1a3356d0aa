using Course.Inference.Families.Llama;
using Course.Inference.Tokenization;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints;

/// <summary>
/// A file format of models and their tokenizers. To add a format, implement this interface and add a line to <see cref="Formats"/>.
/// </summary>
internal interface ICheckpointFormat
{
    /// <summary>Whether the model at this path has this format, judged by its name or its first bytes.</summary>
    bool HasModel(string path);

    /// <summary>
    /// Reads the configuration and every tensor by its checkpoint name, into host memory and the caller's dispose scope, each in the type
    /// that the file stores.
    /// </summary>
    /// <param name="path">The model's path.</param>
    /// <param name="leastBytes">
    /// The least number of bytes per element after the caller's conversion. Memory for it is required before anything is read.
    /// </param>
    /// <exception cref="CourseException">
    /// A part is missing, damaged, of the wrong shape or type, or the model is none that this project runs.
    /// </exception>
    (LlamaConfiguration Configuration, Dictionary<string, Tensor> Tensors) Read(string path, long leastBytes);

    /// <summary>Whether the tokenizer at this path, alone or with a model, has this format.</summary>
    bool HasTokenizer(string path);

    /// <summary>Reads the tokenizer at this path.</summary>
    /// <exception cref="CourseException">There is no tokenizer, it is damaged, or its kind is not supported.</exception>
    TokenizerDescription ReadTokenizer(string path);
}

using Course.Inference.Tokenization;

namespace Course.Inference.Checkpoints;

/// <summary>Finds and reads the tokenizer of a model.</summary>
public static class TokenizerFile
{
    /// <summary>Reads the tokenizer of a model, or a tokenizer file.</summary>
    /// <param name="path">
    /// A checkpoint folder (with <c>tokenizer.json</c>, or <c>vocab.json</c> and <c>merges.txt</c>); a GGUF file, which contains its
    /// tokenizer; a model file of llama2.c, with a <c>tokenizer.bin</c> or <c>tok*.bin</c> of its vocabulary's size beside it; or one of
    /// these tokenizer files.
    /// </param>
    /// <exception cref="CourseException">There is no tokenizer, it is damaged, or its kind is not supported.</exception>
    public static ITokenizer Load(string path) => Path.Exists(path)
        ? new Tokenizer(Formats.All.First(format => format.HasTokenizer(path)).ReadTokenizer(path))
        : throw new FileException(
            path, "there is no such file or folder.",
            "Give a checkpoint folder, a GGUF file, a model file of llama2.c, or a tokenizer file.");
}

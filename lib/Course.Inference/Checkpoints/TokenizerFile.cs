using Course.Inference.Tokenization;

namespace Course.Inference.Checkpoints;

/// <summary>Finds and reads the tokenizer of a model.</summary>
public static class TokenizerFile
{
    /// <param name="path">
    /// A checkpoint folder (<c>tokenizer.json</c>, or <c>vocab.json</c> and <c>merges.txt</c>); a GGUF file, which holds its own; a
    /// model file of llama2.c, with
    /// <c>tokenizer.bin</c> or <c>tok*.bin</c> of its vocabulary's size beside it; or one of these tokenizer files itself.
    /// </param>
    /// <exception cref="CourseException">There is none, it is damaged, or it is of a kind that is not supported.</exception>
    public static ITokenizer Load(string path) => Path.Exists(path)
        ? new Tokenizer(Formats.All.First(format => format.HasTokenizer(path)).ReadTokenizer(path))
        : throw new FileException(
            path, "there is no such file or folder.",
            "Give a checkpoint folder, a GGUF file, a model file of llama2.c, or a tokenizer file.");
}

using Course.Inference.Modeling;

namespace Course.Inference.Tokenization;

/// <summary>Checks that a tokenizer fits its model.</summary>
public static class Tokenizers
{
    /// <summary>Checkpoints pad the vocabulary to a size that suits the hardware: Qwen2.5 by 399 rows, Phi-2 by 905.</summary>
    private const int MostSpareRows = 1024;

    /// <summary>Returns the tokenizer if its ids fit the model's vocabulary.</summary>
    /// <param name="tokenizer">The tokenizer to check.</param>
    /// <param name="model">The model that reads its ids.</param>
    /// <param name="modelPath">The model's path, for the message.</param>
    /// <exception cref="CourseException">
    /// The tokenizer has ids that the model lacks, or the model has more tokens than padding explains.
    /// </exception>
    public static ITokenizer RequireFits(this ITokenizer tokenizer, ILanguageModel model, string modelPath)
    {
        var spare = model.VocabularySize - tokenizer.VocabularySize;
        if (spare is < 0 or > MostSpareRows)
            throw new CourseException(
                $"The tokenizer {tokenizer.Source} has {tokenizer.VocabularySize} tokens and the model {modelPath} has " +
                $"{model.VocabularySize}: they do not belong together. Put the model's own tokenizer beside it.");
        return tokenizer;
    }
}

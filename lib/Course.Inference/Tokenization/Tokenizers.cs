using Course.Inference.Modeling;

namespace Course.Inference.Tokenization;

/// <summary>Checks between a tokenizer and what it is used with.</summary>
public static class Tokenizers
{
    /// <summary>Checkpoints round the vocabulary up for the hardware's sake: Qwen2.5 by 399 rows, Phi-2 by 905.</summary>
    private const int MostSpareRows = 1024;

    /// <summary>Returns the tokenizer if its ids are the model's.</summary>
    /// <param name="tokenizer">Read from <see cref="ITokenizer.Source"/>.</param>
    /// <param name="model">What it shall feed.</param>
    /// <param name="modelPath">Where the model was read from, for the message.</param>
    /// <exception cref="CourseException">The tokenizer has ids that the model lacks, or the model has many more than any
    /// padding explains.</exception>
    public static ITokenizer RequireFits(this ITokenizer tokenizer, ILanguageModel model, string modelPath)
    {
        var spare = model.VocabularySize - tokenizer.VocabularySize;
        if (spare is < 0 or > MostSpareRows)
            throw new CourseException(
                $"The tokenizer {tokenizer.Source} has {tokenizer.VocabularySize} tokens and the model {modelPath} " +
                $"{model.VocabularySize}: they do not belong together. " +
                "Put the model's own tokenizer beside it.");
        return tokenizer;
    }
}

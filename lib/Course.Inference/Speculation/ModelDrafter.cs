using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation;

/// <summary>
/// A smaller model on the target's vocabulary writes ahead, token by token (Leviathan et al. 2023; Chen et al. 2023), or several at a
/// position: one call for each depth of the drafts, for all sequences together. The target itself with fewer bits, or its first layers
/// alone, are such models too.
/// </summary>
/// <param name="model">Its context may be shorter than the target's: past it, nothing is drafted.</param>
/// <param name="draw">
/// How siblings are drawn. At temperature 0 drawing without replacement is choosing the most probable tokens in their order, which is its
/// limit.
/// </param>
public sealed class ModelDrafter(ILanguageModel model, SiblingDraw draw = SiblingDraw.WithoutReplacement) : IDrafter
{
    /// <summary>
    /// How the draft draws, given how the sequence does: the same way unless set. Any way will do, as the target is told what each token
    /// was drawn from;
    /// a matching one is accepted most often.
    /// </summary>
    public Func<SamplingOptions, SamplingOptions> Sampling { get; init; } = options => options;

    public void RequireFit(ILanguageModel target)
    {
        if (model.VocabularySize != target.VocabularySize)
            throw new CourseException(
                $"The draft has {model.VocabularySize} tokens and the target {target.VocabularySize}: their ids mean different tokens. Use a draft that was trained with the target's tokenizer.");
    }

    public IDrafting Begin(int vocabularySize) =>
        new ModelDrafting(model, sequence => new(Sampling(sequence.Options.Sampling), draw, sequence.Randomness));
}

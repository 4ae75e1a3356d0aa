using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation.Batching;

namespace Course.Inference.Speculation;

/// <summary>
/// A smaller model on the target's vocabulary writes ahead, token by token (Leviathan et al. 2023; Chen et al. 2023).
/// The target itself with fewer bits, or its first layers alone, are such models too.
/// </summary>
/// <param name="model">Its context may be shorter than the target's: past it, nothing is drafted.</param>
public sealed class ModelDrafter(ILanguageModel model) : IBatchDrafter
{
    public void RequireFit(ILanguageModel target)
    {
        if (model.VocabularySize != target.VocabularySize)
            throw new CourseException(
                $"The draft has {model.VocabularySize} tokens and the target {target.VocabularySize}: their ids mean different tokens. Use a draft that was trained with the target's tokenizer.");
    }

    public IDraftingRound Begin(DecodingOptions options, int vocabularySize, IRandomness randomness) =>
        new ModelDraftingRound(model, options, randomness, metered => new(metered));

    public IBatchDrafting BeginBatch(IReadOnlyList<DraftingRow> rows, int vocabularySize) => new BatchModelDrafting(model, rows);
}

/// <summary>One run of a <see cref="ModelDrafter"/>.</summary>
/// <param name="model">The draft.</param>
/// <param name="options">The run's.</param>
/// <param name="randomness">Draws the draft's tokens.</param>
/// <param name="follow">Makes the draft's end of the bookkeeping.</param>
public class ModelDraftingRound(
    ILanguageModel model, DecodingOptions options, IRandomness randomness, Func<ILanguageModel, CachedSequence> follow) : IDraftingRound
{
    private readonly MeteredModel metered = new(model);
    private readonly List<DraftToken> proposed = [];
    private readonly List<double[]> laws = []; // γ × [V], kept between calls
    private CachedSequence? held;
    private int given; // tokens of the sequence when the proposal was made

    public ModelUsage Usage => metered.Usage;

    protected CachedSequence Held => held ??= follow(metered);

    protected SamplingPipeline Pipeline { get; } = new(options.Sampling);

    protected IRandomness Randomness { get; } = randomness;

    public IReadOnlyList<DraftToken> Propose(ReadOnlySpan<int> sequence, int count)
    {
        given = sequence.Length;
        proposed.Clear();
        // The last token of a draft is not fed, so the whole draft may reach one past the context.
        for (var room = model.ContextLength - given + 1; proposed.Count < Math.Min(count, room);)
        {
            var logits = Held.Feed(proposed.Count == 0 ? Unseen(sequence) : [proposed[^1].Token], LogitsOf.LastToken);
            proposed.Add(Choose(logits.Last(), Law(proposed.Count)));
            if (options.StopTokens.Contains(proposed[^1].Token))
                break; // whatever came behind would never be emitted
        }
        return proposed;
    }

    /// <summary>The last token proposed was never fed: when it stands, it comes with the next call, before the target's own.</summary>
    public virtual void Settle(int accepted) => held?.Keep(Math.Min(held.Length, given + accepted));

    /// <summary>What the draft has not been fed yet: the target's own token, and after a draft that stood whole also that draft's last.</summary>
    protected virtual ReadOnlySpan<int> Unseen(ReadOnlySpan<int> sequence) => sequence[Held.Length..];

    /// <param name="logits">[V]</param>
    /// <param name="law">[V], to be filled: what the token is drawn from is what the target is told.</param>
    protected virtual DraftToken Choose(ReadOnlySpan<float> logits, double[] law)
    {
        Pipeline.Apply(logits, law);
        return new(Randomness.Draw(law), law);
    }

    private double[] Law(int position)
    {
        if (position == laws.Count)
            laws.Add(new double[model.VocabularySize]);
        return laws[position];
    }

    public void Dispose()
    {
        held?.Dispose();
        GC.SuppressFinalize(this);
    }
}

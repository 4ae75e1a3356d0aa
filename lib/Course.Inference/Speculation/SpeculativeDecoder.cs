using Course.Inference.Decoding;
using Course.Inference.Decoding.Batching;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation;

/// <summary>
/// Drafts a few tokens cheaply and has the target verify all of them in one pass, which costs about what one token does while weights, not
/// arithmetic, are what the machine waits for. Emits the target's distribution exactly, whatever the drafter proposes:
/// a chain of tokens or several candidates at a position, for one sequence or for many.
/// </summary>
public sealed class SpeculativeDecoder : IDecoder
{
    private readonly ILanguageModel target;
    private readonly LoopOptions options;

    /// <param name="target">The model whose distribution is emitted.</param>
    /// <param name="drafter">Proposes tokens for it.</param>
    /// <param name="options">
    /// How many tokens to draft, and how they branch; in a batch an <see cref="AdaptiveDraftLength"/> drafts none when it would be a loss.
    /// </param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="rule">Decides what is accepted; by default <see cref="RecursiveRejection"/>, the papers' rule.</param>
    /// <param name="feed">How tokens are fed and stored.</param>
    /// <exception cref="CourseException">The drafter's vocabulary is not the target's, or an option is out of its range.</exception>
    public SpeculativeDecoder(
        ILanguageModel target, IDrafter drafter, SpeculationOptions? options = null, TimeProvider? time = null, IVerificationRule? rule = null, FeedOptions? feed = null)
    {
        drafter.RequireFit(target);
        this.target = target;
        this.options = new()
        {
            Feed = (feed ?? FeedOptions.Default).Validated(),
            Drafter = drafter,
            Speculation = (options ?? new()).Validated(target.ContextLength),
            Rule = rule ?? new RecursiveRejection(),
            Time = time ?? TimeProvider.System,
        };
    }

    /// <inheritdoc cref="IDecoder.Decode"/>
    public SpeculativeRun Decode(
        IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation = default)
    {
        var sequence = new Sequence(new(prompt, options, randomness), target.ContextLength);
        return new(sequence, new(target, this.options), cancellation);
    }

    DecodingRun IDecoder.Decode(IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation) =>
        Decode(prompt, options, randomness, cancellation);

    /// <summary>
    /// Many sequences at once: one call of the target verifies every one's draft, and each accepts its own number of tokens.
    /// </summary>
    /// <exception cref="CourseException">
    /// There are no requests, a prompt is empty or longer than the context, or an option is out of its range.
    /// </exception>
    public BatchRun Decode(IReadOnlyList<SequenceRequest> requests, CancellationToken cancellation = default) =>
        new(new(target, options), requests, target.ContextLength, cancellation);
}

/// <summary>A run that also knows how its tokens came.</summary>
public sealed class SpeculativeRun : DecodingRun
{
    private readonly List<SpeculationStep> steps;

    internal SpeculativeRun(Sequence sequence, DecodingLoop loop, CancellationToken cancellation) : this(sequence, loop, [], cancellation)
    {
    }

    private SpeculativeRun(Sequence sequence, DecodingLoop loop, List<SpeculationStep> steps, CancellationToken cancellation)
        : base(sequence, loop.Target, loop.TokensOf(sequence, step => steps.Add(SpeculationStep.Of(step)), cancellation)) => this.steps = steps;

    /// <summary>The steps so far.</summary>
    public SpeculationTrace Trace => new([.. steps]);
}

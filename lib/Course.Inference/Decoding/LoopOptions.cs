using Course.Inference.Decoding.Drafts;

namespace Course.Inference.Decoding;

/// <summary>What a <see cref="DecodingLoop"/> is made of.</summary>
public sealed record LoopOptions
{
    /// <summary>How tokens are fed and stored.</summary>
    public FeedOptions Feed { get; init; } = FeedOptions.Default;

    /// <summary>Proposes tokens for all sequences; null: none are drafted, which is plain decoding.</summary>
    public IDrafter? Drafter { get; init; }

    /// <summary>How many tokens are drafted; without meaning where there is no drafter.</summary>
    public SpeculationOptions Speculation { get; init; } = new();

    /// <summary>Decides which draft tokens are accepted, and what follows them.</summary>
    public IVerificationRule Rule { get; init; } = new RecursiveRejection();

    /// <summary>
    /// Decides who takes part in a step, and with how much; null: <see cref="ServeAll"/>, within the feed's chunk and budget.
    /// </summary>
    public IStepPlan? Plan { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

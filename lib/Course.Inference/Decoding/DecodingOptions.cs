using Course.Inference.Sampling;

namespace Course.Inference.Decoding;

/// <summary>How to draw tokens and when to stop.</summary>
public sealed record DecodingOptions
{
    /// <summary>The most tokens to emit.</summary>
    public int MaxTokens { get; init; } = 128;

    public SamplingOptions Sampling { get; init; } = SamplingOptions.Default;

    /// <summary>Tokens that end the run; the one that does is still emitted.</summary>
    public IReadOnlyCollection<int> StopTokens { get; init; } = [];

    /// <summary>
    /// Ends a sequence for further reasons: from the rule of stop tokens, limit and context it makes the one that decides, once for each
    /// sequence.
    /// Null: that rule alone.
    /// </summary>
    public Func<StopRule, IStopRule>? Stops { get; init; }

    /// <summary>Returns itself if every value is in its range; otherwise says which is not.</summary>
    /// <exception cref="CourseException"/>
    public DecodingOptions Validated()
    {
        if (MaxTokens < 1)
            throw new CourseException($"{nameof(MaxTokens)} must be at least 1; got {MaxTokens}.");
        Sampling.Validated();
        return this;
    }
}

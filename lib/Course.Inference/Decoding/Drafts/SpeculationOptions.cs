namespace Course.Inference.Decoding.Drafts;

/// <summary>How to speculate: with a chain of draft tokens, or with several candidates at a position.</summary>
public sealed record SpeculationOptions
{
    /// <summary>γ: the most tokens to draft before each verification. 0 drafts none, which is cached decoding.</summary>
    public int DraftLength { get; init; } = 4;

    /// <summary>Chooses the γ of every step, up to <see cref="DraftLength"/>; by default it is always that.</summary>
    public Func<IDraftLength>? Length { get; init; }

    /// <summary>
    /// The tree of every step, less what limits leave no room for; null for a chain of γ tokens. Without nodes it is cached decoding.
    /// </summary>
    public TreeShape? Shape { get; init; }

    internal IDraftLength BeginLength() => Length?.Invoke() ?? new FixedDraftLength(DraftLength);

    /// <summary>Returns itself if every value is in its range; otherwise says which is not.</summary>
    /// <param name="contextLength">The target's: a draft and the token before it are verified in one call.</param>
    /// <exception cref="CourseException"/>
    public SpeculationOptions Validated(int contextLength)
    {
        if (Shape is { } shape && shape.Count >= contextLength)
            throw new CourseException(
                $"{nameof(Shape)} has {shape.Count} nodes, and the target's context is {contextLength} tokens, in which verification needs room for all of them and one more. Take a smaller tree.");
        if (Shape is null && (DraftLength < 0 || DraftLength >= contextLength))
            throw new CourseException(
                $"{nameof(DraftLength)} (γ) must be at least 0 and below the target's context of {contextLength} tokens, which verification needs room in; got {DraftLength}.");
        return this;
    }
}

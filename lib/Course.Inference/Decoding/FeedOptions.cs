using Course.Inference.Modeling;

namespace Course.Inference.Decoding;

/// <summary>How a decoder feeds its model. None of it changes what is emitted, except that a cache of fewer bits rounds.</summary>
public sealed record FeedOptions
{
    public static FeedOptions Default { get; } = new();

    /// <summary>
    /// The most tokens of a prompt that one step takes: memory for activations, and the time that others wait, stay within it.
    /// </summary>
    public int PrefillChunk { get; init; } = int.MaxValue;

    /// <summary>
    /// The most tokens that one step feeds, of all sequences together: <see cref="ServeAll"/> says who comes first. One is enough to get
    /// to the end.
    /// </summary>
    public int TokenBudget { get; init; } = int.MaxValue;

    /// <summary>How keys and values are stored.</summary>
    public CacheOptions Cache { get; init; } = CacheOptions.Default;

    /// <summary>Returns itself if every value is in its range; otherwise says which is not.</summary>
    /// <exception cref="CourseException"/>
    public FeedOptions Validated()
    {
        if (PrefillChunk < 1)
            throw new CourseException($"{nameof(PrefillChunk)} must be at least 1; got {PrefillChunk}.");
        if (TokenBudget < 1)
            throw new CourseException($"{nameof(TokenBudget)} must be at least 1; got {TokenBudget}.");
        Cache.Validated();
        return this;
    }
}

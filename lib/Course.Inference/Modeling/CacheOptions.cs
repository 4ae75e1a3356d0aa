namespace Course.Inference.Modeling;

/// <summary>How keys and values are stored.</summary>
public enum CacheType
{
    /// <summary>In the type of the model's activations: 4 bytes an element in float32, 2 in the half precisions.</summary>
    AsModel,

    /// <summary>One byte an element, and a float32 scale for each token and head of keys and of values.</summary>
    Int8,
}

/// <summary>What kind of cache a model is to make.</summary>
public sealed record CacheOptions
{
    /// <summary>Contiguous and in the model's own type.</summary>
    public static CacheOptions Default { get; } = new();

    public CacheType Type { get; init; }

    /// <summary>Tokens per block of a paged cache; null for a contiguous one, which reserves the whole context for every row.</summary>
    public int? BlockTokens { get; init; }

    /// <summary>
    /// How many blocks all rows of a paged cache share; null for as many as every row's whole context would need.
    /// Without meaning for a contiguous one.
    /// </summary>
    public int? Blocks { get; init; }

    /// <summary>Returns itself if every value is in its range; otherwise says which is not.</summary>
    /// <exception cref="CourseException"/>
    public CacheOptions Validated()
    {
        if (!Enum.IsDefined(Type))
            throw new CourseException($"{nameof(Type)} must be one of {string.Join(", ", Enum.GetNames<CacheType>())}; got {Type}.");
        if (BlockTokens is < 1)
            throw new CourseException($"{nameof(BlockTokens)} must be at least 1, or null for a contiguous cache; got {BlockTokens}.");
        if (Blocks is < 1)
            throw new CourseException($"{nameof(Blocks)} must be at least 1, or null for as many as the contexts need; got {Blocks}.");
        if (Blocks is not null && BlockTokens is null)
            throw new CourseException($"{nameof(Blocks)} is {Blocks} and {nameof(BlockTokens)} is not set: say how many tokens a block has, or leave both out for a contiguous cache.");
        return this;
    }
}

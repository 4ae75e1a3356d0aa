using Course.Inference.Caching;

namespace Course.Inference.Speculation.Batching;

/// <summary>The decisions that batched speculation adds to those of <see cref="SpeculationParts"/>; the defaults are the right ones.</summary>
public sealed record BatchSpeculationParts
{
    public static BatchSpeculationParts Default { get; } = new();

    /// <inheritdoc cref="SpeculationParts.Rule"/>
    public IVerificationRule Rule { get; init; } = new SpeculativeSampling();

    /// <summary>Makes the cache's rows forget what was rejected: given how many tokens each row had drafted, and how many of them stand.</summary>
    public Action<IKeyValueCache, IReadOnlyList<int>, IReadOnlyList<int>> Rewind { get; init; } = RowByRow;

    private static void RowByRow(IKeyValueCache cache, IReadOnlyList<int> drafted, IReadOnlyList<int> accepted)
    {
        for (var row = 0; row < cache.Rows; row++)
            cache.Rewind(row, drafted[row] - accepted[row]);
    }
}

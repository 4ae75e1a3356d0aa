using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Batching;

/// <summary>What the rule said of one sequence's draft, with what it said it from.</summary>
/// <param name="Draft">γ draft tokens.</param>
/// <param name="Target">γ + 1 distributions of the target, [V] each; they hold until the next verification.</param>
/// <param name="Judgement">What the rule accepted.</param>
/// <param name="Randomness">The sequence's own.</param>
public readonly record struct BatchVerdict(IReadOnlyList<DraftToken> Draft, IReadOnlyList<double[]> Target, Judgement Judgement, IRandomness Randomness);

/// <summary>The decisions that batched speculation adds to those of <see cref="SpeculationParts"/>; the defaults are the right ones.</summary>
public sealed record BatchSpeculationParts
{
    public static BatchSpeculationParts Default { get; } = new();

    /// <inheritdoc cref="SpeculationParts.Rule"/>
    public IVerificationRule Rule { get; init; } = new SpeculativeSampling();

    /// <summary>
    /// What every sequence keeps when all verdicts are known: its own. Some systems truncate all sequences to one length here; a verdict
    /// may be shortened only if the position after it is filled by what the rule had settled there, and not drawn anew.
    /// </summary>
    public Func<IReadOnlyList<BatchVerdict>, IReadOnlyList<Judgement>> Settle { get; init; } = verdicts => [.. verdicts.Select(verdict => verdict.Judgement)];

    /// <summary>Makes the cache's rows forget what was rejected: given how many tokens each row had drafted, and how many of them stand.</summary>
    public Action<IKeyValueCache, IReadOnlyList<int>, IReadOnlyList<int>> Rewind { get; init; } = RowByRow;

    private static void RowByRow(IKeyValueCache cache, IReadOnlyList<int> drafted, IReadOnlyList<int> accepted)
    {
        for (var row = 0; row < cache.Rows; row++)
            cache.Rewind(row, drafted[row] - accepted[row]);
    }
}

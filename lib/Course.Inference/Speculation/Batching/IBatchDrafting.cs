using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Batching;

/// <summary>What a drafter knows of a row when the batch begins.</summary>
/// <param name="Options">The row's own.</param>
/// <param name="Randomness">The row's own.</param>
public sealed record DraftingRow(DecodingOptions Options, IRandomness Randomness);

/// <summary>What a row asks for in one round.</summary>
/// <param name="Sequence">Prompt and all emitted tokens.</param>
/// <param name="Count">At most so many tokens; 0 for none.</param>
public readonly record struct DraftRequest(IReadOnlyList<int> Sequence, int Count);

/// <summary>Drafting for the rows of a batch, which are proposed for together and settled each for itself.</summary>
public interface IBatchDrafting : IDisposable
{
    /// <summary>For every row at most as many tokens as it asks for; they stand until the next call.</summary>
    IReadOnlyList<IReadOnlyList<DraftToken>> Propose(IReadOnlyList<DraftRequest> rows);

    /// <summary>Of each row's proposal the first so many tokens stand; what was remembered of the others must go, in that row alone.</summary>
    void Settle(IReadOnlyList<int> accepted);

    /// <summary>A finished row leaves; those behind it move up.</summary>
    void Remove(int row);

    /// <summary>What the drafter's own model was asked for so far.</summary>
    ModelUsage Usage { get; }
}

/// <summary>A drafter that can draft for many rows at once.</summary>
public interface IBatchDrafter : IDrafter
{
    IBatchDrafting BeginBatch(IReadOnlyList<DraftingRow> rows, int vocabularySize);
}

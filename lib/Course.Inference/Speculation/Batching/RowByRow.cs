using Course.Inference.Modeling;

namespace Course.Inference.Speculation.Batching;

/// <summary>A batch of drafters that have no model to share: each row drafts for itself.</summary>
internal sealed class RowByRow(IEnumerable<IDraftingRound> rounds) : IBatchDrafting
{
    private readonly List<IDraftingRound> rounds = [.. rounds];
    private ModelUsage left; // of rows that have left

    public ModelUsage Usage => rounds.Aggregate(left, (sum, round) => sum + round.Usage);

    public IReadOnlyList<IReadOnlyList<DraftToken>> Propose(IReadOnlyList<DraftRequest> rows) =>
        [.. rounds.Select((round, at) => rows[at].Count > 0 ? round.Propose([.. rows[at].Sequence], rows[at].Count) : [])];

    public void Settle(IReadOnlyList<int> accepted)
    {
        for (var at = 0; at < rounds.Count; at++)
            rounds[at].Settle(accepted[at]);
    }

    public void Remove(int row)
    {
        left += rounds[row].Usage;
        rounds[row].Dispose();
        rounds.RemoveAt(row);
    }

    public void Dispose() => rounds.ForEach(round => round.Dispose());
}

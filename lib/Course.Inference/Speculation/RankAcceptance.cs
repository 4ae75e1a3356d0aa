namespace Course.Inference.Speculation;

/// <summary>What <see cref="Course.Inference.Decoding.Drafts.TreeShape.ExpectedTokens"/> wants to know of a run.</summary>
public static class RankAcceptance
{
    /// <summary>
    /// a_r by rank: of the places whose candidates were judged and were more than r, the share at which it was the candidate of rank r
    /// that stood.
    /// Of a run without trees it is the acceptance rate alone.
    /// </summary>
    public static IReadOnlyList<double> AcceptanceByRank(this SpeculationTrace trace)
    {
        var (asked, stood) = (new List<int>(), new List<int>());
        foreach (var step in trace.Steps)
            for (var place = 0; place <= step.Accepted; place++)
                Count(step, place, asked, stood);
        return [.. asked.Zip(stood, (all, some) => (double)some / all)];
    }

    private static void Count(SpeculationStep step, int place, List<int> asked, List<int> stood)
    {
        var rejected = step.RejectedAt(place).Count;
        var candidates = step.Tree?.ChildrenAt(place).Count ?? (place < step.Drafted ? 1 : 0);
        for (var rank = 0; rank < candidates; rank++)
        {
            if (rank == asked.Count)
            {
                asked.Add(0);
                stood.Add(0);
            }
            asked[rank]++;
            stood[rank] += rank == rejected ? 1 : 0;
        }
    }
}

using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;

namespace Course.Inference.Decoding;

/// <summary>The loop's side of a drafter: what is asked for, that it is what was asked for, and what became of it.</summary>
internal sealed class LoopDrafts(IDrafter drafter, SpeculationOptions options, int vocabularySize) : IDisposable
{
    private readonly IDrafting drafting = drafter.Begin(vocabularySize);
    private readonly IDraftLength length = options.BeginLength();
    private readonly List<DraftRequest> requests = [];
    private readonly List<ActiveSequence> asked = [];

    public ModelUsage Usage => drafting.Usage;

    public void Join(Sequence sequence) => drafting.Join(sequence);

    public void Leave(Sequence sequence) => drafting.Leave(sequence);

    /// <summary>The shape of the next drafts.</summary>
    public TreeShape Next(int sequences) => options.Shape ?? TreeShape.Chain(Math.Min(length.Next(sequences), options.DraftLength));

    /// <summary>Drafts for all that may have one. Where nobody may, the drafter is not asked.</summary>
    /// <exception cref="CourseException">A draft is not what was asked for.</exception>
    public void Propose(List<ActiveSequence> active)
    {
        requests.Clear();
        asked.Clear();
        foreach (var one in active)
            if (one.Shape.Count > 0)
            {
                asked.Add(one);
                requests.Add(new(one.Sequence, one.Shape));
            }
        if (asked.Count == 0)
            return;
        var drafts = drafting.Propose(requests);
        DraftGuard.RequireAll(drafts, requests, vocabularySize);
        for (var i = 0; i < asked.Count; i++)
            asked[i].Draft = drafts[i];
    }

    /// <summary>
    /// What was accepted stays with the drafter, and what it remembers of the rest goes; of a step that is given up, all.
    /// </summary>
    public void Commit()
    {
        foreach (var one in asked)
            drafting.Commit(one.Sequence, one.Verdict?.Path ?? []);
        asked.Clear();
    }

    public void Observe(DraftVerdict verdict) => length.Observe(verdict.Judged, verdict.Path.Count);

    public void Dispose() => drafting.Dispose();
}

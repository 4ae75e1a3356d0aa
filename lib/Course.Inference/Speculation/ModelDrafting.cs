using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;

namespace Course.Inference.Speculation;

/// <summary>
/// One loop's drafting by a model: of each depth of all drafts one call, in which a sequence that wants no more takes no part.
/// </summary>
internal sealed class ModelDrafting : IDrafting
{
    private readonly MeteredModel model;
    private readonly Func<Sequence, SiblingSampler> sampler;
    private readonly SequenceCaches caches;
    private readonly List<DraftedSequence> rows = [];
    private readonly RaggedCall call = new();

    /// <param name="model">The draft.</param>
    /// <param name="sampler">Makes what draws a sequence's candidates.</param>
    public ModelDrafting(ILanguageModel model, Func<Sequence, SiblingSampler> sampler)
    {
        (this.model, this.sampler) = (new(model), sampler);
        caches = new(this.model);
    }

    public ModelUsage Usage => model.Usage;

    public void Join(Sequence sequence)
    {
        caches.Add();
        rows.Add(new(sequence, sampler(sequence), model.VocabularySize));
    }

    public void Leave(Sequence sequence)
    {
        var row = RowOf(sequence);
        caches.Remove(row);
        rows.RemoveAt(row);
    }

    public IReadOnlyList<DraftTree> Propose(IReadOnlyList<DraftRequest> requests)
    {
        foreach (var row in rows)
            row.Begin(TreeShape.Empty);
        foreach (var (sequence, shape) in requests)
        {
            // Leaves are not fed, so a path may reach one past the context.
            var room = model.ContextLength - sequence.Length + 1;
            rows[RowOf(sequence)].Begin(shape.Within(room, room));
        }
        while (Feed())
        {
        }
        var drafts = new DraftTree[requests.Count];
        for (var i = 0; i < drafts.Length; i++)
            drafts[i] = rows[RowOf(requests[i].Sequence)].Draft();
        return drafts;
    }

    /// <summary>The next depth of all drafts; false when none grows any more.</summary>
    private bool Feed()
    {
        call.Begin();
        for (var row = 0; row < rows.Count; row++)
            rows[row].Feed(call, caches.LengthOf(row));
        if (call.Count == 0)
            return false;
        var logits = caches.Forward(call.Batch(), call.Wanted());
        for (var row = 0; row < rows.Count; row++)
            if (logits.LengthOf(row) > 0)
                rows[row].Grow(logits, row);
        return true;
    }

    public void Commit(Sequence sequence, IReadOnlyList<int> path)
    {
        var row = RowOf(sequence);
        caches.Commit(row, rows[row].Given, rows[row].FedOf(path));
    }

    public void Dispose() => caches.Dispose();

    private int RowOf(Sequence sequence) => rows.FindIndex(row => row.Sequence == sequence);
}

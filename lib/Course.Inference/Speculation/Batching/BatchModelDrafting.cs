using Course.Inference.Caching;
using Course.Inference.Decoding;
using Course.Inference.Models;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Batching;

/// <summary>
/// One draft model writes ahead for all rows, a token of each in every call. A row that wants no more goes along with a token that is forgotten again:
/// every row of a cache takes part in every call, and a token more costs a draft next to nothing.
/// </summary>
internal sealed class BatchModelDrafting : IBatchDrafting
{
    private readonly MeteredModel model;
    private readonly IKeyValueCache cache;
    private readonly List<(DraftingRow Own, SamplingPipeline Pipeline)> rows;
    private IReadOnlyList<DraftRequest> asked = [];

    public BatchModelDrafting(ILanguageModel model, IReadOnlyList<DraftingRow> rows)
    {
        this.model = new(model);
        this.rows = [.. rows.Select(row => (row, new SamplingPipeline(row.Options.Sampling)))];
        cache = this.model.CreateCache(rows.Count);
    }

    public ModelUsage Usage => model.Usage;

    public IReadOnlyList<IReadOnlyList<DraftToken>> Propose(IReadOnlyList<DraftRequest> requests)
    {
        asked = requests;
        var proposed = rows.Select(_ => new List<DraftToken>()).ToArray();
        // A row at the end of the draft's context could not go along.
        var room = requests.Min(request => model.ContextLength - request.Sequence.Count + 1);
        while (room-- > 0 && Enumerable.Range(0, rows.Count).Any(Wants))
        {
            var logits = Feed(proposed);
            for (var at = 0; at < rows.Count; at++)
                if (Wants(at))
                    proposed[at].Add(Choose(at, logits.Last(at)));
        }
        return proposed;

        bool Wants(int at) => proposed[at].Count < asked[at].Count
            && !(proposed[at].Count > 0 && rows[at].Own.Options.StopTokens.Contains(proposed[at][^1].Token));
    }

    /// <summary>In a row's first call what it has not seen yet; then its last guess; and for a row that wants no more its last token, again.</summary>
    private Logits Feed(IReadOnlyList<DraftToken>[] proposed) => model.Forward(
        TokenBatch.Ragged([.. rows.Select((_, at) => cache.LengthOf(at) < asked[at].Sequence.Count
            ? (IReadOnlyList<int>)[.. asked[at].Sequence.Skip(cache.LengthOf(at))]
            : [proposed[at].Count > 0 ? proposed[at][^1].Token : asked[at].Sequence[^1]])]),
        cache, LogitsOf.LastToken);

    private DraftToken Choose(int at, ReadOnlySpan<float> logits)
    {
        var law = rows[at].Pipeline.Distribution(logits);
        return new(rows[at].Own.Randomness.Draw(law), law);
    }

    public void Settle(IReadOnlyList<int> accepted)
    {
        for (var at = 0; at < rows.Count; at++)
            cache.Rewind(at, cache.LengthOf(at) - Math.Min(cache.LengthOf(at), asked[at].Sequence.Count + accepted[at]));
    }

    public void Remove(int row)
    {
        cache.Remove(row);
        rows.RemoveAt(row);
    }

    public void Dispose() => cache.Dispose();
}

using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Batching;

/// <summary>
/// One draft model writes ahead for all rows, a token of each in every call. A row that wants no more goes along with a token that is forgotten again:
/// every row of a cache takes part in every call, and a token more costs a draft next to nothing.
/// </summary>
internal sealed class BatchModelDrafting : IBatchDrafting
{
    private readonly MeteredModel model;
    private readonly List<Row> rows;
    private IKeyValueCache? held; // none before something is drafted: a batch that never speculates pays nothing
    private IReadOnlyList<DraftRequest> asked = [];

    public BatchModelDrafting(ILanguageModel model, IReadOnlyList<DraftingRow> rows)
    {
        this.model = new(model);
        this.rows = [.. rows.Select(row => new Row(row, model.VocabularySize))];
    }

    public ModelUsage Usage => model.Usage;

    public IReadOnlyList<IReadOnlyList<DraftToken>> Propose(IReadOnlyList<DraftRequest> requests)
    {
        asked = requests;
        List<DraftToken>[] proposed = [.. rows.Select(_ => new List<DraftToken>())];
        // A row at the end of the draft's context could not go along.
        var room = requests.Min(request => model.ContextLength - request.Sequence.Count + 1);
        while (room-- > 0 && Enumerable.Range(0, rows.Count).Any(Wants))
        {
            var logits = Feed(held ??= model.CreateCache(rows.Count), proposed);
            for (var at = 0; at < rows.Count; at++)
                if (Wants(at))
                    proposed[at].Add(rows[at].Choose(proposed[at].Count, logits.Last(at)));
        }
        return proposed;

        bool Wants(int at) => proposed[at].Count < asked[at].Count
            && !(proposed[at].Count > 0 && rows[at].Options.StopTokens.Contains(proposed[at][^1].Token));
    }

    /// <summary>In a row's first call what it has not seen yet; then its last guess; and for a row that wants no more its last token, again.</summary>
    private Logits Feed(IKeyValueCache cache, IReadOnlyList<DraftToken>[] proposed) => model.Forward(
        TokenBatch.Ragged([.. rows.Select((_, at) => cache.LengthOf(at) < asked[at].Sequence.Count
            ? (IReadOnlyList<int>)[.. asked[at].Sequence.Skip(cache.LengthOf(at))]
            : [proposed[at].Count > 0 ? proposed[at][^1].Token : asked[at].Sequence[^1]])]),
        cache, LogitsOf.LastToken);

    public void Settle(IReadOnlyList<int> accepted)
    {
        for (var at = 0; held is not null && at < rows.Count; at++)
            held.Rewind(at, held.LengthOf(at) - Math.Min(held.LengthOf(at), asked[at].Sequence.Count + accepted[at]));
    }

    public void Remove(int row)
    {
        held?.Remove(row);
        rows.RemoveAt(row);
    }

    public void Dispose() => held?.Dispose();

    /// <summary>How a row draws, and the laws that it drew from, which stand until the next proposal.</summary>
    private sealed class Row(DraftingRow own, int vocabularySize)
    {
        private readonly SamplingPipeline pipeline = new(own.Options.Sampling);
        private readonly List<double[]> laws = []; // γ × [V], kept between rounds

        public DecodingOptions Options => own.Options;

        public DraftToken Choose(int position, ReadOnlySpan<float> logits)
        {
            if (position == laws.Count)
                laws.Add(new double[vocabularySize]);
            pipeline.Apply(logits, laws[position]);
            return new(own.Randomness.Draw(laws[position]), laws[position]);
        }
    }
}

using System.Collections;
using Course.Inference.Modeling;

namespace Course.Inference.Decoding.Batching;

/// <summary>
/// The continuations of many prompts: enumerate it, once, to get the tokens as they come; afterwards every row knows why it ended
/// and how long its tokens took, and the batch what it did.
/// </summary>
public sealed class BatchRun : IEnumerable<BatchToken>
{
    private readonly MeteredModel model;
    private readonly FeedOptions feed;
    private readonly TimeProvider time;
    private readonly CancellationToken cancellation;
    private readonly List<BatchRow> active;
    private readonly List<BatchStep> steps = [];
    private bool begun;

    internal BatchRun(MeteredModel model, IReadOnlyList<BatchRequest> requests, FeedOptions feed, TimeProvider time, CancellationToken cancellation)
    {
        (this.model, this.feed, this.time, this.cancellation) = (model, feed, time, cancellation);
        if (requests.Count == 0)
            throw new CourseException("The batch is empty. Give it at least one prompt.");
        active = [.. requests.Select((request, row) => new BatchRow(
            row,
            new(request.Prompt, new StopRule(request.Options.Validated(), model.ContextLength), model.ContextLength, $"The prompt of row {row}"),
            new(request.Options.Sampling, request.Randomness)))];
        Rows = [.. active.Select(row => row.Continuation)];
    }

    /// <summary>Every prompt and what was emitted behind it, in the order of the requests.</summary>
    public IReadOnlyList<Continuation> Rows { get; }

    /// <summary>The calls so far.</summary>
    public IReadOnlyList<BatchStep> Steps => steps;

    /// <summary>Model calls, tokens fed, operations and bytes so far.</summary>
    public ModelUsage Usage => model.Usage;

    /// <summary>Of all steps together; the time that the reader of the tokens took is not in it.</summary>
    public TimeSpan Duration => steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Duration);

    /// <summary>Emitted tokens of all rows per second; 0 before there are any.</summary>
    public double TokensPerSecond => Duration > TimeSpan.Zero ? steps.Sum(step => step.Emitted) / Duration.TotalSeconds : 0;

    public IEnumerator<BatchToken> GetEnumerator()
    {
        if (begun)
            throw new InvalidOperationException($"A run happens once. Read {nameof(Rows)} for what it emitted, or call the decoder for another run.");
        begun = true;
        return Run().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Enumerates the run, for those who want its rows and its account and not its tokens as they come.</summary>
    /// <returns>Itself.</returns>
    public BatchRun ToEnd()
    {
        foreach (var _ in this)
        {
        }
        return this;
    }

    private IEnumerable<BatchToken> Run()
    {
        var start = time.GetTimestamp();
        using var cache = model.CreateCache(active.Count, feed.Cache);
        while (active.Count > 0)
        {
            if (cancellation.IsCancellationRequested)
            {
                active.ForEach(row => row.Continuation.StopFor(StopReason.Cancelled));
                yield break;
            }
            foreach (var token in Step(cache, start))
                yield return token;
        }
    }

    private List<BatchToken> Step(IKeyValueCache cache, long start)
    {
        var before = time.GetTimestamp();
        var rows = active.Count;
        var tokens = TokenBatch.Ragged([.. active.Select((row, at) => row.Feed(cache.LengthOf(at), feed.PrefillChunk))]);
        bool[] complete = [.. active.Select((row, at) => cache.LengthOf(at) + tokens.LengthOf(at) == row.Continuation.Sequence.Length)];
        var logits = Forward(tokens, cache, complete.Contains(true) ? LogitsOf.LastToken : LogitsOf.NoToken);

        var emitted = new List<BatchToken>();
        for (var at = 0; at < rows; at++)
            if (complete[at])
                emitted.Add(active[at].Draw(logits.Last(at), time.GetElapsedTime(start)));
        Leave(cache);
        steps.Add(new(rows, tokens.Count, emitted.Count, time.GetElapsedTime(before)));
        return emitted;
    }

    private Logits Forward(TokenBatch tokens, IKeyValueCache cache, LogitsOf wanted)
    {
        int[] expected = [.. Enumerable.Range(0, tokens.Rows).Select(at => cache.LengthOf(at) + tokens.LengthOf(at))];
        var logits = model.Forward(tokens, cache, wanted);
        for (var at = 0; at < expected.Length; at++)
            if (cache.LengthOf(at) != expected[at])
                throw new InvalidOperationException($"After the step row {at} of the cache must hold {expected[at]} tokens; it holds {cache.LengthOf(at)}.");
        return logits;
    }

    /// <summary>Rows that have ended, from the last one up so that those before stay where they are.</summary>
    private void Leave(IKeyValueCache cache)
    {
        for (var at = active.Count - 1; at >= 0; at--)
            if (active[at].Continuation.Stopped is not null)
            {
                cache.Remove(at);
                active.RemoveAt(at);
            }
    }
}

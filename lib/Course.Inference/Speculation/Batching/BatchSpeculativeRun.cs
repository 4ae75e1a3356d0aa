using System.Collections;
using Course.Inference.Decoding;
using Course.Inference.Decoding.Batching;
using Course.Inference.Modeling;

namespace Course.Inference.Speculation.Batching;

/// <summary>One round of a batch.</summary>
/// <param name="Rows">How many rows were still in it.</param>
/// <param name="Drafted">Tokens proposed, all rows together.</param>
/// <param name="Judged">Of them, how many the rule decided on.</param>
/// <param name="Accepted">Of those, how many stood.</param>
/// <param name="Emitted">Tokens that the rows took.</param>
/// <param name="DraftDuration">Of drafting.</param>
/// <param name="Duration">Of the whole round.</param>
public readonly record struct BatchSpeculationStep(int Rows, int Drafted, int Judged, int Accepted, int Emitted, TimeSpan DraftDuration, TimeSpan Duration);

/// <summary>The continuations of many prompts by speculation: enumerate it, once, to get the tokens as they come.</summary>
public sealed class BatchSpeculativeRun : IEnumerable<BatchToken>
{
    private readonly MeteredModel model;
    private readonly IBatchDrafter drafter;
    private readonly SpeculationOptions speculation;
    private readonly BatchSpeculationParts parts;
    private readonly TimeProvider time;
    private readonly CancellationToken cancellation;
    private readonly List<SpeculativeRow> active;
    private readonly List<BatchSpeculationStep> steps = [];
    private readonly IDraftLength length;
    private bool begun;

    internal BatchSpeculativeRun(
        MeteredModel model, IBatchDrafter drafter, IReadOnlyList<BatchRequest> requests, SpeculationOptions speculation, BatchSpeculationParts parts,
        TimeProvider time, CancellationToken cancellation)
    {
        (this.model, this.drafter, this.speculation, this.parts, this.time, this.cancellation) = (model, drafter, speculation, parts, time, cancellation);
        if (requests.Count == 0)
            throw new CourseException("The batch is empty. Give it at least one prompt.");
        active = [.. requests.Select((request, row) => new SpeculativeRow(row, request, model.ContextLength))];
        Rows = [.. active.Select(row => row.Continuation)];
        length = speculation.BeginLength();
    }

    /// <summary>Every prompt and what was emitted behind it, in the order of the requests.</summary>
    public IReadOnlyList<Continuation> Rows { get; }

    /// <summary>The rounds so far.</summary>
    public IReadOnlyList<BatchSpeculationStep> Steps => steps;

    /// <summary>What the target was asked for so far.</summary>
    public ModelUsage Usage => model.Usage;

    /// <summary>What the draft was asked for so far.</summary>
    public ModelUsage DraftUsage { get; private set; }

    public IEnumerator<BatchToken> GetEnumerator()
    {
        if (begun)
            throw new InvalidOperationException($"A run happens once. Read {nameof(Rows)} for what it emitted, or call the decoder for another run.");
        begun = true;
        return Run().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<BatchToken> Run()
    {
        var start = time.GetTimestamp();
        using var cache = model.CreateCache(active.Count);
        using var drafting = drafter.BeginBatch([.. active.Select(row => new DraftingRow(row.Options, row.Randomness))], model.VocabularySize);
        while (active.Count > 0)
        {
            if (cancellation.IsCancellationRequested)
            {
                active.ForEach(row => row.Continuation.StopFor(StopReason.Cancelled));
                yield break;
            }
            foreach (var token in Round(cache, drafting, start))
                yield return token;
        }
    }

    private List<BatchToken> Round(IKeyValueCache cache, IBatchDrafting drafting, long start)
    {
        var before = time.GetTimestamp();
        var rows = active.Count;
        Prefill(cache);
        var prefilled = time.GetTimestamp();
        var most = Math.Min(length.Next(rows), speculation.DraftLength);
        var drafts = most > 0 ? Draft(drafting, most) : active.ConvertAll<IReadOnlyList<DraftToken>>(_ => []);
        var draftDuration = time.GetElapsedTime(prefilled);
        int[] drafted = [.. drafts.Select(draft => draft.Count)];
        var logits = Forward([.. active.Select((row, at) => row.Feed(cache.LengthOf(at), drafts[at]))], cache, LogitsOf.EveryToken);

        var verdicts = parts.Settle([.. active.Select((row, at) => row.Verify(parts.Rule, drafts[at], logits, at))]);
        int[] accepted = [.. verdicts.Select(verdict => verdict.Accepted)];
        parts.Rewind(cache, drafted, accepted);
        if (most > 0)
            drafting.Settle(accepted);

        var emitted = new List<BatchToken>();
        int[] judged = [.. accepted.Zip(drafted, (stood, all) => Math.Min(stood + 1, all))];
        for (var at = 0; at < rows; at++)
        {
            length.Observe(judged[at], accepted[at]);
            emitted.AddRange(active[at].Emit(drafts[at], verdicts[at], time.GetElapsedTime(start)));
        }
        Leave(cache, drafting);
        DraftUsage = drafting.Usage;
        steps.Add(new(rows, drafted.Sum(), judged.Sum(), accepted.Sum(), emitted.Count, draftDuration, time.GetElapsedTime(before)));
        return emitted;
    }

    /// <summary>The prompts before their last tokens, whose logits nobody needs. A row of a single token has nothing to bring, and then all wait for the verification.</summary>
    private void Prefill(IKeyValueCache cache)
    {
        IReadOnlyList<int>[] unseen = [.. active.Select((row, at) => row.Unseen(cache.LengthOf(at)).SkipLast(1).ToArray())];
        if (unseen.All(tokens => tokens.Count > 0))
            Forward(unseen, cache, LogitsOf.NoToken);
    }

    private IReadOnlyList<IReadOnlyList<DraftToken>> Draft(IBatchDrafting drafting, int most)
    {
        DraftRequest[] asked = [.. active.Select(row => row.Ask(most))];
        var drafts = drafting.Propose(asked);
        for (var at = 0; at < active.Count; at++)
            Proposal.Require(drafts[at], asked[at].Count, model.VocabularySize);
        return drafts;
    }

    private Logits Forward(IReadOnlyList<int>[] rows, IKeyValueCache cache, LogitsOf wanted)
    {
        int[] expected = [.. rows.Select((row, at) => cache.LengthOf(at) + row.Count)];
        var logits = model.Forward(TokenBatch.Ragged(rows), cache, wanted);
        for (var at = 0; at < expected.Length; at++)
            if (cache.LengthOf(at) != expected[at])
                throw new InvalidOperationException($"After the step row {at} of the cache must hold {expected[at]} tokens; it holds {cache.LengthOf(at)}.");
        return logits;
    }

    /// <summary>Rows that have ended, from the last one up so that those before stay where they are.</summary>
    private void Leave(IKeyValueCache cache, IBatchDrafting drafting)
    {
        for (var at = active.Count - 1; at >= 0; at--)
            if (active[at].Continuation.Stopped is not null)
            {
                cache.Remove(at);
                drafting.Remove(at);
                active.RemoveAt(at);
            }
    }
}

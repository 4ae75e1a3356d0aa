using System.Diagnostics.CodeAnalysis;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;

namespace Course.Inference.Decoding;

/// <summary>
/// The one loop: sequences that join and leave between steps, and steps that plan, draft, call the model once for all, verify, commit and
/// emit.
/// Plain decoding is speculation with an empty draft, whose only token is the bonus; a chain of draft tokens is a tree without
/// siblings; a chunk of a prompt is tokens whose logits nobody wants. So prompts, decodes and verifications share a call, and a single
/// sequence is a batch of one.
/// Each sequence's distribution is its own, as if it were alone. Not for several threads at once.
/// </summary>
public sealed class DecodingLoop : IDisposable
{
    private readonly SequenceCaches caches;
    private readonly LoopDrafts? drafts;
    private readonly IStepPlan plan;
    private readonly LoopOptions options;
    private readonly List<ActiveSequence> active = []; // [B], in the order of the cache's rows
    private readonly List<Sequence> sequences = [];    // [B], the same
    private readonly RaggedCall call = new();
    private SequenceState[] states = []; // [≥ B]
    private StepShare[] shares = [];     // [≥ B]

    /// <param name="model">The model whose distribution is emitted.</param>
    /// <param name="options">What the loop is made of; plain decoding of all by default.</param>
    /// <exception cref="CourseException">The drafter's vocabulary is not the model's, or an option is out of its range.</exception>
    public DecodingLoop(ILanguageModel model, LoopOptions? options = null)
    {
        this.options = options ?? new();
        var feed = this.options.Feed.Validated();
        (Target, plan) = (new(model), this.options.Plan ?? new ServeAll(feed.PrefillChunk, feed.TokenBudget));
        caches = new(Target, feed.Cache);
        if (this.options.Drafter is not { } drafter)
            return;
        drafter.RequireFit(model);
        drafts = new(drafter, this.options.Speculation.Validated(model.ContextLength), model.VocabularySize);
    }

    internal MeteredModel Target { get; }

    /// <summary>Those in the loop, in the order in which they joined.</summary>
    public IReadOnlyList<Sequence> Sequences => sequences;

    /// <summary>What the model was asked for so far.</summary>
    public ModelUsage Usage => Target.Usage;

    /// <summary>What the drafter's model was asked for so far.</summary>
    public ModelUsage DraftUsage => drafts?.Usage ?? default;

    /// <summary>A new sequence joins.</summary>
    /// <exception cref="CourseException">
    /// The prompt is empty or longer than the context, an option is out of its range, or there is no memory for it.
    /// </exception>
    public Sequence Add(SequenceRequest request)
    {
        var sequence = new Sequence(request, Target.ContextLength);
        Add(sequence);
        return sequence;
    }

    /// <summary>A sequence joins: a new one, or one that was removed before, which reads its text again and goes on.</summary>
    /// <exception cref="CourseException">It has ended, or is in the loop already, or there is no memory for it.</exception>
    public void Add(Sequence sequence)
    {
        if (sequence.Stopped is { } reason)
            throw new CourseException($"The sequence has ended ({reason}), so it cannot join. Ask for another one with its text as the prompt.");
        if (sequences.Contains(sequence))
            throw new CourseException("The sequence is in the loop already.");
        caches.Add();
        drafts?.Join(sequence);
        sequence.Begin(options.Time);
        active.Add(new(sequence));
        sequences.Add(sequence);
    }

    /// <summary>A sequence leaves as it is, and may join again: what the model remembers of it goes, its text stays.</summary>
    /// <exception cref="CourseException">It is not in the loop.</exception>
    public void Remove(Sequence sequence)
    {
        var row = sequences.IndexOf(sequence);
        if (row < 0)
            throw new CourseException("The sequence is not in the loop: it has ended, was removed, or never joined.");
        caches.Remove(row);
        drafts?.Leave(sequence);
        active.RemoveAt(row);
        sequences.RemoveAt(row);
    }

    /// <summary>A sequence leaves and has ended.</summary>
    /// <exception cref="CourseException">It is not in the loop.</exception>
    public void Cancel(Sequence sequence)
    {
        Remove(sequence);
        sequence.Stop(StopReason.Cancelled);
    }

    internal void CancelAll()
    {
        while (active.Count > 0)
            Cancel(sequences[^1]);
    }

    /// <summary>
    /// One call of the model for all that take part: some sequences emit one token or more, some have read a chunk of their prompt. Those
    /// that end leave.
    /// If it throws, no sequence has emitted anything, and the next step does all of it again.
    /// </summary>
    /// <exception cref="CourseException">
    /// The plan or the drafter gives what cannot be, or a cache is full: remove a sequence, which may join again.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the model was called.</exception>
    /// <exception cref="InvalidOperationException">There is no sequence, or a cache does not hold what it should.</exception>
    public DecodingStep Step(CancellationToken cancellation = default)
    {
        if (active.Count == 0)
            throw new InvalidOperationException("There is no sequence in the loop. Add one before the next step.");
        cancellation.ThrowIfCancellationRequested();
        var (start, draftBefore, targetBefore) = (Now, DraftUsage, Usage);
        Plan();
        try
        {
            var planned = Now;
            drafts?.Propose(active);
            var drafted = Now;
            cancellation.ThrowIfCancellationRequested();
            var logits = Forward();
            var verified = Now;
            for (var row = 0; row < active.Count; row++)
                active[row].Verify(options.Rule, logits, row);
            var parts = Commit();
            return new(parts, DraftUsage - draftBefore, Usage - targetBefore, Between(planned, drafted), Between(drafted, verified), Between(start, Now));
        }
        catch (Exception e) when (e is not InvalidOperationException) // a cache that does not hold what it should cannot be wound back either
        {
            GiveUp();
            throw;
        }
    }

    /// <summary>The same where a cancellation is no error.</summary>
    internal bool TryStep(CancellationToken cancellation, [NotNullWhen(true)] out DecodingStep? step)
    {
        step = null;
        try
        {
            step = Step(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        return step is not null;
    }

    /// <summary>The tokens of one sequence alone, as they come.</summary>
    /// <param name="sequence">It joins, and the loop is its own.</param>
    /// <param name="record">Is told of every step.</param>
    /// <param name="cancellation">Ends it before its next call.</param>
    internal IEnumerable<DecodedToken> TokensOf(Sequence sequence, Action<DecodingStep>? record, CancellationToken cancellation)
    {
        using var ends = this;
        Add(sequence);
        while (sequence.Stopped is null)
        {
            if (!TryStep(cancellation, out var step))
            {
                CancelAll();
                yield break;
            }
            record?.Invoke(step);
            for (var i = sequence.Tokens.Count - step.Emitted; i < sequence.Tokens.Count; i++)
                yield return sequence.Tokens[i];
        }
    }

    public void Dispose()
    {
        caches.Dispose();
        drafts?.Dispose();
    }

    private long Now => options.Time.GetTimestamp();

    private TimeSpan Between(long from, long to) => options.Time.GetElapsedTime(from, to);

    private void Plan()
    {
        if (states.Length < active.Count)
            (states, shares) = (new SequenceState[2 * active.Count], new StepShare[2 * active.Count]);
        var wish = drafts?.Next(active.Count) ?? TreeShape.Empty;
        for (var row = 0; row < active.Count; row++)
        {
            var one = active[row];
            // No more than could all be emitted with the model's own token after them, and than the cache has room for.
            one.Shape = wish.Within(one.Sequence.Left - 1, Target.ContextLength - one.Sequence.Length);
            (one.Draft, one.Verdict) = (DraftTree.Empty, null);
            states[row] = new(one.Sequence, one.Sequence.Length - caches.LengthOf(row), one.Shape.Count);
        }
        var given = shares.AsSpan(0, active.Count);
        given.Clear();
        plan.Plan(states.AsSpan(0, active.Count), given);
        PlanGuard.Require(states.AsSpan(0, active.Count), given);
        for (var row = 0; row < active.Count; row++)
            (active[row].Tokens, active[row].Shape) = (given[row].Tokens, active[row].Shape.Within(int.MaxValue, given[row].Draft));
    }

    private Logits Forward()
    {
        call.Begin();
        for (var row = 0; row < active.Count; row++)
            active[row].Feed(call, caches.LengthOf(row));
        return caches.Forward(call.Batch(), call.Wanted());
    }

    private SequenceStep[] Commit()
    {
        for (var row = 0; row < active.Count; row++)
            if (active[row].Verdict is { } verdict)
            {
                caches.Commit(row, active[row].Sequence.Length, verdict.Path);
                drafts?.Observe(verdict);
            }
        drafts?.Commit();
        var parts = new SequenceStep[active.Count];
        for (var row = 0; row < parts.Length; row++)
            parts[row] = active[row].Emit();
        for (var row = parts.Length - 1; row >= 0; row--) // from the last one up, so that those before stay where they are
            if (active[row].Sequence.Stopped is not null)
                Remove(active[row].Sequence);
        return parts;
    }

    /// <summary>Forgets what the step fed, in both models.</summary>
    private void GiveUp()
    {
        for (var row = 0; row < active.Count; row++)
        {
            active[row].Verdict = null;
            caches.Commit(row, states[row].Sequence.Length - states[row].Unseen, []);
        }
        drafts?.Commit();
    }
}

using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation;

/// <summary>
/// Draft, verify, settle. Before and after every round the target's cache holds all of the sequence but its last token:
/// that one opens the next verification, and its logits judge the first guess.
/// </summary>
internal sealed class SpeculativeRound(
    MeteredModel target, IDrafter drafter, SpeculationOptions speculation, SpeculationParts parts, DecodingOptions options, int promptLength,
    IRandomness randomness, TimeProvider time, List<SpeculationStep> record, CancellationToken cancellation) : IDecodingRound
{
    private readonly CachedSequence held = parts.Follow(target);
    private readonly IDraftingRound drafting = drafter.Begin(options, target.VocabularySize, randomness);
    private readonly StopRule stops = parts.Stops(options, target.ContextLength);
    private readonly TargetLaws laws = new(new(parts.TargetSampling(options.Sampling)));
    private readonly IDraftLength length = speculation.BeginLength();

    public IReadOnlyList<TokenChoice> Next(ReadOnlySpan<int> sequence)
    {
        var watch = new RoundWatch(time, target, drafting);
        Prefill(sequence);
        watch.Prefilled();
        var asked = Room(sequence.Length);
        var draft = asked > 0 ? drafting.Propose(sequence, asked) : [];
        Proposal.Require(draft, asked, target.VocabularySize);
        watch.Drafted();
        if (cancellation.IsCancellationRequested)
            return [];

        var logits = held.Feed([.. sequence[held.Length..], .. draft.Select(token => token.Token)], LogitsOf.EveryToken); // [1, 1 + γ, V]
        watch.Verified();
        var verdict = parts.Rule.Verify(draft, laws.Begin(logits, row: 0, draft.Count + 1), randomness);

        held.Keep(sequence.Length + verdict.Accepted);
        if (asked > 0)
            drafting.Settle(verdict.Accepted);
        length.Observe(Math.Min(verdict.Accepted + 1, draft.Count), verdict.Accepted);
        record.Add(watch.Step(asked, draft.Count, verdict.Accepted) with { Guesses = [.. draft.Select(token => token.Token)] });
        return Choices(draft, verdict);
    }

    /// <summary>The prompt before its last token: nothing hangs on its logits, which are a large part of the work where a vocabulary is large.</summary>
    private void Prefill(ReadOnlySpan<int> sequence)
    {
        if (held.Length < sequence.Length - 1)
            held.Feed(sequence[held.Length..^1], LogitsOf.NoToken);
    }

    /// <summary>γ of this round: as many drafts as could all be emitted with the target's own token behind them.</summary>
    private int Room(int tokens) =>
        Math.Max(0, Math.Min(Math.Min(length.Next(rows: 1), speculation.DraftLength), stops.Left(tokens - promptLength, tokens) - 1));

    /// <summary>Each with the probability that the target gives it, which is the law that it was drawn from however it came.</summary>
    private TokenChoice[] Choices(IReadOnlyList<DraftToken> draft, Judgement verdict)
    {
        var choices = new TokenChoice[verdict.Accepted + 1];
        for (var i = 0; i < verdict.Accepted; i++)
            choices[i] = new(draft[i].Token, laws[i][draft[i].Token]);
        choices[^1] = new(verdict.Next, laws[verdict.Accepted][verdict.Next]);
        return choices;
    }

    public void Dispose()
    {
        held.Dispose();
        drafting.Dispose();
    }
}

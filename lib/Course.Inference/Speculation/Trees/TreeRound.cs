using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Trees;

/// <summary>
/// Draft, verify, settle, as <see cref="SpeculativeRound"/> does it with a chain. Before and after every round the target's cache holds all of the
/// sequence but its last token, which opens the next verification; of the tree behind it the path that stood is moved together.
/// </summary>
internal sealed class TreeRound(
    MeteredModel target, ITreeDrafter drafter, TreeShape shape, SpeculationParts parts, DecodingOptions options, int promptLength,
    IRandomness randomness, TimeProvider time, List<SpeculationStep> record, CancellationToken cancellation) : IDecodingRound
{
    private readonly CachedSequence held = parts.Follow(target);
    private readonly ITreeDraftingRound drafting = drafter.Begin(options, target.VocabularySize, randomness);
    private readonly StopRule stops = parts.Stops(options, target.ContextLength);
    private readonly TargetLaws laws = new(new(parts.TargetSampling(options.Sampling)));

    public IReadOnlyList<TokenChoice> Next(ReadOnlySpan<int> sequence)
    {
        var watch = new RoundWatch(time, target, drafting);
        if (held.Length < sequence.Length - 1)
            held.Feed(sequence[held.Length..^1], LogitsOf.NoToken);
        watch.Prefilled();
        var room = Room(sequence.Length);
        var draft = room.Count > 0 ? drafting.Propose(sequence, room) : DraftTree.Empty;
        TreeProposal.Require(draft, room, target.VocabularySize);
        watch.Drafted();
        if (cancellation.IsCancellationRequested)
            return [];

        laws.Begin(Verify(sequence[held.Length..], draft), row: 0, draft.Count + 1);
        watch.Verified();
        var verdict = parts.TreeRule.Verify(draft, Behind, randomness);

        held.Keep(sequence.Length, verdict.Path);
        if (room.Count > 0)
            drafting.Settle(verdict.Path);
        record.Add(watch.Step(room.Count, draft.Count, verdict.Path.Count) with { Guesses = draft.Tokens, Tree = new(draft.Parents, verdict.Path, verdict.Judged) });
        return Choices(draft, verdict);
    }

    /// <summary>The tree of this round: no deeper than could be emitted with the target's own token behind it, and no more nodes than its cache has room for.</summary>
    private TreeShape Room(int tokens) => shape.Within(stops.Left(tokens - promptLength, tokens) - 1, target.ContextLength - tokens);

    /// <summary>[1, unseen + nodes, V]</summary>
    private Logits Verify(ReadOnlySpan<int> unseen, DraftTree draft) => draft.Count == 0
        ? held.Feed(unseen, LogitsOf.EveryToken)
        : held.Feed([.. unseen, .. draft.Tokens], draft.Tree.Behind(unseen.Length));

    /// <summary>Each with the probability that the target gives it, which is the law that it was drawn from however it came.</summary>
    private TokenChoice[] Choices(DraftTree draft, TreeJudgement verdict)
    {
        var choices = new TokenChoice[verdict.Path.Count + 1];
        var at = TokenTree.Root;
        for (var i = 0; i < verdict.Path.Count; at = verdict.Path[i++])
            choices[i] = Choice(at, draft.Tokens[verdict.Path[i]]);
        choices[^1] = Choice(at, verdict.Next);
        return choices;
    }

    private TokenChoice Choice(int behind, int token) => new(token, Behind(behind)[token]);

    /// <summary>p behind a node: the text's own comes before the first.</summary>
    private double[] Behind(int node) => laws[node - TokenTree.Root];

    public void Dispose()
    {
        held.Dispose();
        drafting.Dispose();
    }
}

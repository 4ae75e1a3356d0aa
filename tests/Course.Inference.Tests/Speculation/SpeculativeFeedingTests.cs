using Course.Inference.Decoding;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Fakes;

namespace Course.Inference.Tests.Speculation;

/// <summary>What speculation feeds its two models and what it makes them forget, call by call.</summary>
public sealed class SpeculativeFeedingTests
{
    private static SpeculativeRun Run(ScriptedModel target, ScriptedModel draft, int gamma, int[] prompt, int tokens, params int[] stops) =>
        new SpeculativeDecoder(target, new ModelDrafter(draft), new() { DraftLength = gamma })
            .Decode(prompt, new() { MaxTokens = tokens, Sampling = SamplingOptions.Greedy, StopTokens = stops }, new SeededRandomness(1));

    private static void AssertEmits(int[] expected, SpeculativeRun run, params ScriptedModel[] models)
    {
        Assert.Equal(expected, run.Select(token => token.Token));
        foreach (var model in models)
            model.AssertDone();
    }

    [Fact]
    public void A_draft_that_stands_whole_earns_a_bonus_and_its_last_token_reaches_the_draft_with_the_next_call()
    {
        var target = new ScriptedModel(
            9, 32,
            new ScriptedForward(0, [1, 2, 3, 4], [3, 4, 5]), // the prompt with the first draft; of the prompt its last token alone is answered
            new ScriptedForward(4, [5, 6, 7], [6, 7, 8]));
        var draft = new ScriptedModel(
            9, 32,
            new ScriptedForward(0, [1, 2], [3]), new ScriptedForward(2, [3], [4]),
            new ScriptedForward(3, [4, 5], [6]), new ScriptedForward(5, [6], [7]));

        AssertEmits([3, 4, 5, 6, 7, 8], Run(target, draft, gamma: 2, [1, 2], tokens: 6), target, draft);
    }

    [Fact]
    public void Both_forget_exactly_what_was_rejected()
    {
        var target = new ScriptedModel(
            9, 32,
            new ScriptedForward(0, [1, 3, 4, 5], [3, 7, 0, 0]), new ScriptedRewind(2),
            new ScriptedForward(2, [7, 8, 8], [0, 0, 0]), new ScriptedRewind(2));
        var draft = new ScriptedModel(
            9, 32,
            new ScriptedForward(0, [1], [3]), new ScriptedForward(1, [3], [4]), new ScriptedForward(2, [4], [5]), new ScriptedRewind(1),
            new ScriptedForward(2, [7], [8]), new ScriptedForward(3, [8], [8]), new ScriptedRewind(1));

        // One token is left for the third round of the limit: two drafts, of which none stands.
        AssertEmits([3, 7, 0], Run(target, draft, gamma: 3, [1], tokens: 5).Take(3), target, draft);
    }

    [Fact]
    public void No_more_is_drafted_than_can_be_emitted()
    {
        var target = new ScriptedModel(9, 32, new ScriptedForward(0, [1, 3], [3, 4]), new ScriptedForward(2, [4], [5]));
        var draft = new ScriptedModel(9, 32, new ScriptedForward(0, [1], [3]));

        AssertEmits([3, 4, 5], Run(target, draft, gamma: 1, [1], tokens: 3), target, draft);
    }

    [Fact]
    public void A_run_of_one_token_drafts_nothing()
    {
        var target = new ScriptedModel(9, 32, new ScriptedForward(0, [1], [3]));
        var draft = new ScriptedModel(9, 32);

        AssertEmits([3], Run(target, draft, gamma: 8, [1], tokens: 1), target, draft);
    }

    [Fact]
    public void Drafting_ends_at_a_stop_token_and_the_text_does_when_it_stands()
    {
        var target = new ScriptedModel(9, 32, new ScriptedForward(0, [1, 3, 8], [3, 8, 4]));
        var draft = new ScriptedModel(9, 32, new ScriptedForward(0, [1], [3]), new ScriptedForward(1, [3], [8]));
        var run = Run(target, draft, gamma: 5, [1], tokens: 20, stops: 8);

        AssertEmits([3, 8], run, target, draft);
        Assert.Equal(StopReason.EndToken, run.Stopped);
        Assert.Equal((Asked: 5, Drafted: 2, Accepted: 2, Emitted: 2), (run.Trace.Steps[0].Asked, run.Trace.Steps[0].Drafted, run.Trace.Steps[0].Accepted, run.Trace.Steps[0].Emitted));
    }

    [Fact]
    public void A_reader_who_walks_away_leaves_no_cache_open()
    {
        var target = new ScriptedModel(9, 32, new ScriptedForward(0, [1, 3], [3, 4]));
        var draft = new ScriptedModel(9, 32, new ScriptedForward(0, [1], [3]));

        AssertEmits([3], Run(target, draft, gamma: 1, [1], tokens: 20).Take(1), target, draft);
    }

    [Fact]
    public void Cancelled_while_it_drafts_it_asks_the_target_no_more()
    {
        using var cancellation = new CancellationTokenSource();
        var target = new ScriptedModel(4, 32);
        var drafter = new ModelDrafter(new CallingModel(TableModel.Arbitrary(4, 32), cancellation.Cancel));
        var run = new SpeculativeDecoder(target, drafter).Decode([1], new(), new SeededRandomness(1), cancellation.Token);

        Assert.Empty(run);
        Assert.Equal(StopReason.Cancelled, run.Stopped);
        target.AssertDone();
    }

    private static void AssertEmits(int[] expected, IEnumerable<DecodedToken> tokens, params ScriptedModel[] models)
    {
        Assert.Equal(expected, tokens.Select(token => token.Token));
        foreach (var model in models)
            model.AssertDone();
    }

    private sealed class CallingModel(ILanguageModel model, Action call) : DelegatingModel(model)
    {
        public override Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default)
        {
            call();
            return base.Forward(tokens, cache, wanted);
        }
    }
}

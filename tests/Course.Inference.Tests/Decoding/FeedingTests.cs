using Course.Inference.Decoding;
using Course.Inference.Sampling;
using Course.Inference.Tests.Fakes;

namespace Course.Inference.Tests.Decoding;

/// <summary>What the decoders feed their models, call by call, and what that costs.</summary>
public sealed class FeedingTests
{
    private static readonly DecodingOptions Greedy = new() { MaxTokens = 3, Sampling = SamplingOptions.Greedy };

    [Fact]
    public void Naive_feeds_everything_every_time()
    {
        var model = new ScriptedModel(
            9, 16,
            new ScriptedForward(0, [1, 2], [0, 5]),
            new ScriptedForward(0, [1, 2, 5], [0, 0, 6]),
            new ScriptedForward(0, [1, 2, 5, 6], [0, 0, 0, 7]));
        var run = new NaiveDecoder(model).Decode([1, 2], Greedy, new SeededRandomness(1));

        Assert.Equal([5, 6, 7], run.Select(token => token.Token));
        Assert.Equal(new(Calls: 3, Tokens: 2 + 3 + 4, new(9, 3, 0, 9)), run.Usage);
        model.AssertDone();
        Assert.Null(model.Cache);
    }

    [Fact]
    public void Cached_feeds_the_prompt_once_and_then_one_token_a_call()
    {
        var model = new ScriptedModel(
            9, 16,
            new ScriptedForward(0, [1, 2], [0, 5]),
            new ScriptedForward(2, [5], [6]),
            new ScriptedForward(3, [6], [7]));
        var run = new CachedDecoder(model).Decode([1, 2], Greedy, new SeededRandomness(1));

        Assert.Equal([5, 6, 7], run.Select(token => token.Token));
        Assert.Equal(new(Calls: 3, Tokens: 2 + 1 + 1, new(4, 3, 0 + 2 + 3, 3)), run.Usage);
        model.AssertDone();
    }

    [Fact]
    public void A_prompt_in_chunks_asks_for_answers_only_at_its_end()
    {
        var model = new ScriptedModel(
            9, 16,
            new ScriptedForward(0, [1, 2], []),
            new ScriptedForward(2, [3, 4], []),
            new ScriptedForward(4, [5], [6]),
            new ScriptedForward(5, [6], [7]));
        var run = new CachedDecoder(model, feed: new() { PrefillChunk = 2 }).Decode([1, 2, 3, 4, 5], Greedy with { MaxTokens = 2 }, new SeededRandomness(1));

        Assert.Equal([6, 7], run.Select(token => token.Token));
        Assert.Equal(new(Calls: 4, Tokens: 6, new(6, 4, 2 + 4 + 5, 2)), run.Usage);
        model.AssertDone();
    }

    [Fact]
    public void A_run_cancelled_between_chunks_makes_no_further_call()
    {
        using var cancellation = new CancellationTokenSource();
        var model = new TableModel(2, 16, _ =>
        {
            cancellation.Cancel();
            return [0, 0];
        });
        var run = new CachedDecoder(model, feed: new() { PrefillChunk = 2 }).Decode([0, 0, 0, 0, 0], Greedy, new SeededRandomness(1), cancellation.Token);

        Assert.Empty(run);
        Assert.Equal((StopReason.Cancelled, 1), (run.Stopped!.Value, run.Usage.Calls));
    }

    [Fact]
    public void A_reader_who_walks_away_leaves_no_cache_open()
    {
        var model = new ScriptedModel(9, 16, new ScriptedForward(0, [1], [5]));
        var run = new CachedDecoder(model).Decode([1], Greedy, new SeededRandomness(1));

        Assert.Equal(5, run.First().Token);
        Assert.Null(run.Stopped);
        model.AssertDone();
    }

    [Fact]
    public void A_cache_that_did_not_move_with_the_step_is_found_out()
    {
        var run = new CachedDecoder(new ForgetfulModel(TableModel.Arbitrary(4, 16))).Decode([1, 2], Greedy, new SeededRandomness(1));

        Assert.Contains("holds 1", Assert.Throws<InvalidOperationException>(() => run.Count()).Message, StringComparison.Ordinal);
    }

    /// <summary>A model that loses the last token of what it was given.</summary>
    private sealed class ForgetfulModel(TableModel model) : DelegatingModel(model)
    {
        public override Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default)
        {
            var logits = base.Forward(tokens, cache, wanted);
            cache?.Rewind(1);
            return logits;
        }
    }
}

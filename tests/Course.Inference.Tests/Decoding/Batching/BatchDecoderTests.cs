using Course.Inference.Decoding;
using Course.Inference.Decoding.Batching;
using Course.Inference.Sampling;
using Course.Inference.Tests.Fakes;

namespace Course.Inference.Tests.Decoding.Batching;

public sealed class BatchDecoderTests
{
    private static readonly int[][] Prompts = [[1, 2, 3, 1, 2], [4], [0, 3], [2, 2, 2, 4, 1, 0, 3]];

    /// <summary>Rows that differ in all that a row can differ in.</summary>
    private static readonly DecodingOptions[] Options =
    [
        new() { MaxTokens = 9 },
        new() { MaxTokens = 30, StopTokens = [2] },
        new() { MaxTokens = 4, Sampling = new() { TopK = 2, Temperature = 0.7 } },
        new() { MaxTokens = 12, Sampling = SamplingOptions.Greedy },
    ];

    private static SequenceRequest[] Requests(ulong seed = 5) =>
        [.. Prompts.Select((prompt, row) => new SequenceRequest(prompt, Options[row], new SeededRandomness(seed).ForRequest((ulong)row)))];

    private static int[] Tokens(Sequence row) => [.. row.Tokens.Select(token => token.Token)];

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    public void The_joint_law_of_all_rows_is_the_product_of_their_own(int chunk)
    {
        var model = TableModel.Arbitrary(3, contextLength: 5);
        int[][] prompts = [[1, 2, 0], [2]];
        DecodingOptions[] options = [new() { MaxTokens = 9 }, new() { MaxTokens = 3, StopTokens = [1], Sampling = new() { TopP = 0.8 } }];

        var joint = JointLaw.Of(randomness =>
        {
            var run = new BatchDecoder(model, feed: new() { PrefillChunk = chunk })
                .Decode([.. prompts.Select((prompt, row) => new SequenceRequest(prompt, options[row], randomness))]).ToEnd();
            return [.. Tokens(run.Rows[0]), -1, .. Tokens(run.Rows[1])];
        });

        var product =
            from first in ModelLaw.Of(model, prompts[0], options[0] with { MaxTokens = 3 }) // where the context ends
            from second in ModelLaw.Of(model, prompts[1], options[1])
            select KeyValuePair.Create((IReadOnlyList<int>)[.. first.Key, -1, .. second.Key], first.Value * second.Value);
        Assert.True(TotalVariation.Between(joint, JointLaw.Given(product)) < 1e-12);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(3)]
    [InlineData(1)]
    public void Every_row_emits_what_it_emits_alone_whatever_its_neighbours_do(int chunk)
    {
        var model = TableModel.Arbitrary(5, contextLength: 24, seed: 4);
        var feed = new FeedOptions { PrefillChunk = chunk };
        int[][] alone = [.. Requests().Select(request =>
            new CachedDecoder(model).Decode(request.Prompt, request.Options, request.Randomness).Select(token => token.Token).ToArray())];

        Assert.Equal(alone, new BatchDecoder(model, feed: feed).Decode(Requests()).ToEnd().Rows.Select(Tokens));
        foreach (var subset in (int[][])[[0, 2], [1, 3], [2, 3], [0, 1, 3]])
            Assert.Equal(subset.Select(row => alone[row]), new BatchDecoder(model, feed: feed).Decode([.. subset.Select(row => Requests()[row])]).ToEnd().Rows.Select(Tokens));
        Assert.Equal(alone.Reverse(), new BatchDecoder(model, feed: feed).Decode([.. Requests().Reverse()]).ToEnd().Rows.Select(Tokens));
    }

    [Fact]
    public void A_seed_gives_each_prompt_the_randomness_of_its_request()
    {
        var model = TableModel.Arbitrary(5, contextLength: 24, seed: 4);
        var run = new BatchDecoder(model).Decode(Prompts, new() { MaxTokens = 6 }, new SeededRandomness(8)).ToEnd();
        for (var row = 0; row < Prompts.Length; row++)
            Assert.Equal(
                new CachedDecoder(model).Decode(Prompts[row], new() { MaxTokens = 6 }, new SeededRandomness(8).ForRequest((ulong)row)).Select(token => token.Token),
                Tokens(run.Rows[row]));
    }

    [Fact]
    public void Rows_leave_when_they_end_and_the_others_go_on()
    {
        var model = TableModel.Constant(contextLength: 8, 1, 0);
        SequenceRequest Row(int prompt, DecodingOptions options) => new(new int[prompt], options, new SeededRandomness(1));
        var run = new BatchDecoder(model).Decode(
        [
            Row(2, new() { MaxTokens = 2 }),
            Row(1, new() { MaxTokens = 5, StopTokens = [0] }),
            Row(6, new() { MaxTokens = 100 }),
            Row(1, new() { MaxTokens = 4 }),
        ]);
        var order = run.Select(token => token.Row).ToArray();

        Assert.Equal([StopReason.TokenLimit, StopReason.EndToken, StopReason.ContextFull, StopReason.TokenLimit], run.Rows.Select(row => row.Stopped!.Value));
        Assert.Equal([2, 1, 3, 4], run.Rows.Select(row => row.Tokens.Count));
        Assert.Equal([0, 1, 2, 3, 0, 2, 3, 2, 3, 3], order);
        Assert.Equal([(4, 10, 4), (3, 3, 3), (2, 2, 2), (1, 1, 1)], run.Steps.Select(step => (step.Sequences.Count, (int)step.NewTokens, step.Emitted)));
        Assert.Equal((4, 16L), (run.Usage.Calls, run.Usage.Tokens));
        Assert.True(model.Cache!.Disposed);
        Assert.Equal(0, model.Cache.Rows);
    }

    [Fact]
    public void Chunks_of_long_prompts_share_calls_with_the_steps_of_short_ones()
    {
        var model = TableModel.Constant(contextLength: 32, 1, 0);
        var run = new BatchDecoder(model, feed: new() { PrefillChunk = 4 }).Decode([new int[9], new int[2]], new() { MaxTokens = 2 }, new SeededRandomness(1)).ToEnd();

        // 4 + 2, where the second row is through and draws; 4 + 1, which ends it; the first row's last token of the prompt; one more.
        Assert.Equal([(2, 6, 1), (2, 5, 1), (1, 1, 1), (1, 1, 1)], run.Steps.Select(step => (step.Sequences.Count, (int)step.NewTokens, step.Emitted)));
        var alone = new BatchDecoder(model, feed: new() { PrefillChunk = 4 }).Decode([new int[9]], new() { MaxTokens = 1 }, new SeededRandomness(1)).ToEnd();
        Assert.Equal(1, alone.Usage.Cost.ActivationBytes); // the fake's count of answers: of three calls, the last alone was asked for one
    }

    [Fact]
    public void Times_come_from_the_clock()
    {
        var clock = new ManualClock();
        var model = new TableModel(2, 32, _ =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(10)); // for each token that is fed
            return [0, 0];
        });
        clock.Advance(TimeSpan.FromHours(1));
        var run = new BatchDecoder(model, clock).Decode([[0, 1], [1]], new() { MaxTokens = 3 }, new SeededRandomness(1));
        foreach (var _ in run)
            clock.Advance(TimeSpan.FromMilliseconds(1)); // a slow reader

        Assert.Equal([TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20)], run.Steps.Select(step => step.Time));
        Assert.Equal(TimeSpan.FromMilliseconds(30), run.Rows[1].TimeToFirstToken);
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromMilliseconds(22), 2), run.Rows[0].Intervals);
        Assert.Equal(6 / 0.07, run.TokensPerSecond, 1e-9);
    }

    [Fact]
    public void Cancelling_keeps_what_came_and_calls_no_more()
    {
        using var cancellation = new CancellationTokenSource();
        var model = TableModel.Arbitrary(4, 64);
        var run = new BatchDecoder(model).Decode(Prompts.Select(prompt => prompt.Select(token => token % 4).ToArray()).ToArray(), new(), new SeededRandomness(1), cancellation.Token);
        foreach (var token in run)
            if (run.Steps.Count == 3)
                cancellation.Cancel();

        Assert.Equal(3, run.Usage.Calls);
        Assert.All(run.Rows, row => Assert.Equal((3, StopReason.Cancelled), (row.Tokens.Count, row.Stopped!.Value)));
        Assert.True(model.Cache!.Disposed);
    }

    [Fact]
    public void A_reader_who_walks_away_leaves_no_cache_open()
    {
        var model = TableModel.Arbitrary(5, 64);
        Assert.Equal(0, new BatchDecoder(model).Decode(Requests()).First().Row);
        Assert.True(model.Cache!.Disposed);
    }

    [Fact]
    public void A_run_happens_once() => Assert.Throws<InvalidOperationException>(() =>
        new BatchDecoder(TableModel.Arbitrary(5, 64)).Decode(Requests()).ToEnd().ToEnd());

    [Fact]
    public void Batches_and_rows_out_of_range_are_errors_before_anything_is_computed()
    {
        var model = new ScriptedModel(4, contextLength: 3); // an empty script: any call fails the test
        void AssertError(string named, IReadOnlyList<int>[] prompts, DecodingOptions options, FeedOptions? feed = null) => Assert.Contains(
            named, Assert.Throws<CourseException>(() => new BatchDecoder(model, feed: feed).Decode(prompts, options, new SeededRandomness(1))).Message, StringComparison.Ordinal);

        AssertError("The batch is empty", [], new());
        AssertError("The prompt of row 1 is empty", [[1], []], new());
        AssertError("The prompt of row 0 has 5 tokens and this model's context is 3", [[0, 0, 0, 0, 0], [1]], new());
        AssertError("MaxTokens", [[1]], new() { MaxTokens = 0 });
        AssertError("TopK", [[1]], new() { Sampling = new() { TopK = 0 } });
        AssertError("PrefillChunk", [[1]], new(), new() { PrefillChunk = 0 });
        AssertError("BlockTokens", [[1]], new(), new() { Cache = new() { BlockTokens = 0 } });
    }
}

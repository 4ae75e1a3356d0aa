using Course.Inference.Decoding;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Fakes;

namespace Course.Inference.Tests.Decoding;

public sealed class DecodingRunTests
{
    [Fact]
    public void Times_come_from_the_clock_and_n_tokens_have_n_minus_1_intervals()
    {
        var clock = new ManualClock();
        var model = new TableModel(3, 32, _ =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(10)); // for each token that is fed
            return [0, 0, 0];
        });
        clock.Advance(TimeSpan.FromHours(1)); // what was before the run does not count
        var run = new CachedDecoder(model, clock).Decode([0, 1], new() { MaxTokens = 4 }, new SeededRandomness(1));

        Assert.Equal(4, run.Count());
        Assert.Equal(TimeSpan.FromMilliseconds(20), run.TimeToFirstToken); // two prompt tokens
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromMilliseconds(10), 3), run.Intervals);
    }

    [Fact]
    public void Without_tokens_there_is_no_first_one_and_no_interval()
    {
        var run = new NaiveDecoder(TableModel.Arbitrary(3, 8)).Decode([1], new(), new SeededRandomness(1), new(canceled: true));

        Assert.Empty(run);
        Assert.Null(run.TimeToFirstToken);
        Assert.Empty(run.Intervals);
    }

    [Fact]
    public void A_run_happens_once()
    {
        var run = new NaiveDecoder(TableModel.Arbitrary(3, 8)).Decode([1], new() { MaxTokens = 2 }, new SeededRandomness(1));

        Assert.Equal(2, run.Count());
        Assert.Throws<InvalidOperationException>(() => run.Count());
        Assert.Equal(2, run.Tokens.Count);
    }

    [Fact]
    public void A_step_of_several_tokens_is_cut_at_the_limit_and_after_a_stop_token()
    {
        var model = new TableModel(9, 16, sequence => [.. Enumerable.Range(0, 9).Select(token => token == (sequence[^1] == 7 ? 5 : sequence[^1] + 1) ? 0f : float.NegativeInfinity)]);
        DecodingRun Run(DecodingOptions options) => new SpeculativeDecoder(model, new ModelDrafter(model)).Decode([4], options, new SeededRandomness(1));

        Assert.Equal([5, 6, 7, 5], Run(new() { MaxTokens = 4 }).Select(token => token.Token));
        var stopped = Run(new() { MaxTokens = 8, StopTokens = [6] });
        Assert.Equal([5, 6], stopped.Select(token => token.Token));
        Assert.Equal(StopReason.EndToken, stopped.Stopped);
    }

    [Fact]
    public void A_stop_text_inside_a_step_ends_the_run_with_the_token_that_completes_it()
    {
        var model = new TableModel(9, 32, sequence => [.. Enumerable.Range(0, 9).Select(token => token == (sequence[^1] == 7 ? 5 : sequence[^1] + 1) ? 0f : float.NegativeInfinity)]);
        var seven = new DecodingOptions { Stops = rule => new AtSeven(rule) };
        var run = new SpeculativeDecoder(model, new ModelDrafter(model), new() { DraftLength = 6 }).Decode([4], seven, new SeededRandomness(1));

        Assert.Equal([5, 6, 7], run.Select(token => token.Token));
        Assert.Equal((StopReason.StopText, 3), (run.Stopped, run.Trace.Steps[0].Emitted));
    }

    private sealed class AtSeven(IStopRule rule) : IStopRule
    {
        public StopReason? After(int token, int emitted, int length, int left) => token == 7 ? StopReason.StopText : rule.After(token, emitted, length, left);

        public int Left(int emitted, int length) => rule.Left(emitted, length);
    }
}

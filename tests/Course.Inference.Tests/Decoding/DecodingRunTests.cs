using Course.Inference.Decoding;
using Course.Inference.Sampling;
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
    public void A_round_of_several_tokens_is_cut_at_the_limit_and_after_a_stop_token()
    {
        DecodingRun Run(DecodingOptions options) => new(
            new(TableModel.Arbitrary(9, 16)), [1], options, () => new Rounds([new(5, 1), new(6, 1), new(7, 1)]));

        Assert.Equal([5, 6, 7, 5], Run(new() { MaxTokens = 4 }).Select(token => token.Token));
        var stopped = Run(new() { MaxTokens = 8, StopTokens = [6] });
        Assert.Equal([5, 6], stopped.Select(token => token.Token));
        Assert.Equal(StopReason.EndToken, stopped.Stopped);
    }

    /// <summary>A decoder that always proposes the same.</summary>
    private sealed class Rounds(IReadOnlyList<TokenChoice> choices) : IDecodingRound
    {
        public IReadOnlyList<TokenChoice> Next(ReadOnlySpan<int> sequence) => choices;

        public void Dispose()
        {
        }
    }
}

using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Inference.Tests.Speculation;

/// <summary>How many tokens a round yields, exactly: the law of the trace itself, by enumeration.</summary>
public sealed class AcceptanceTests
{
    private static readonly double[] P = [0.5, 0.3, 0.2], Q = [0.2, 0.3, 0.5];
    private const double Alpha = 0.2 + 0.3 + 0.2;

    private static JointLaw FirstRound(int gamma, double[] p, double[] q, SamplingOptions sampling) => JointLaw.Of(randomness =>
    {
        var run = new SpeculativeDecoder(TableModel.Constant(32, p), new ModelDrafter(TableModel.Constant(32, q)), new() { DraftLength = gamma })
            .Decode([0], new() { MaxTokens = gamma + 1, Sampling = sampling }, randomness);
        Assert.NotEmpty(run.Take(1)); // one round
        return [run.Trace.Steps[0].Accepted];
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Each_draft_token_stands_with_the_overlap_of_the_two_laws(int gamma)
    {
        var law = FirstRound(gamma, P, Q, SamplingOptions.Default);

        for (var accepted = 0; accepted < gamma; accepted++)
            Assert.Equal(Math.Pow(Alpha, accepted) * (1 - Alpha), law[accepted], 1e-6); // the tables' logits are single precision
        Assert.Equal(Math.Pow(Alpha, gamma), law[gamma], 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Tokens_per_round_are_the_geometric_sum(int gamma)
    {
        var expected = FirstRound(gamma, P, Q, SamplingOptions.Default).Sum(outcome => outcome.Value * (outcome.Key[0] + 1));
        Assert.Equal(SpeedupLaw.TokensPerRound(Alpha, gamma), expected, 1e-5);
    }

    [Fact]
    public void Truncation_applies_to_both_before_they_are_compared()
    {
        // Top-2: p = (5/8, 3/8, 0), q = (0, 3/8, 5/8).
        var law = FirstRound(1, P, Q, new() { TopK = 2 });
        Assert.Equal(3 / 8.0, law[1], 1e-6);
    }

    [Fact]
    public void A_draft_equal_to_the_target_is_never_rejected()
    {
        var model = Tables.Arbitrary(5, 64, seed: 2);
        var run = new SpeculativeDecoder(model, new ModelDrafter(model), new() { DraftLength = 3 }).Decode([1], new() { MaxTokens = 40 }, new SeededRandomness(1));

        Assert.Equal(40, run.Count());
        Assert.Equal(1, run.Trace.AcceptanceRate);
        Assert.Equal(4, run.Trace.TokensPerRound);
    }

    [Fact]
    public void Over_a_long_run_acceptance_and_tokens_per_round_come_out_as_computed()
    {
        const int tokens = 20_000;
        var run = new SpeculativeDecoder(TableModel.Constant(tokens + 1, P), new ModelDrafter(TableModel.Constant(tokens + 1, Q)))
            .Decode([0], new() { MaxTokens = tokens }, new SeededRandomness(1));
        Assert.Equal(tokens, run.Count());

        // Hoeffding: more than 0.03 off happens once in 2·exp(−2 · n · 0.03²), below 1e-9 for the 12,000 tokens and more that are judged.
        Assert.True(run.Trace.Judged > 12_000);
        Assert.Equal(Alpha, run.Trace.AcceptanceRate!.Value, 0.03);
        Assert.Equal(SpeedupLaw.TokensPerRound(Alpha, 4), run.Trace.TokensPerRound!.Value, 0.1);
    }
}

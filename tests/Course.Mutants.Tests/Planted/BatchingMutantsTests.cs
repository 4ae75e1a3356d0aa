using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Mutants.Tests.Planted;

/// <summary>
/// Two sequences, γ = 1, p = (.5, .3, .2), q = (.2, .7, .1). By hand: a draft token is accepted with β = Σ min(p, q) = 0.6. With
/// 0.4 the other sequence rejects, and then the planted bug draws an accepted token anew: min(p, q)(1 − 0.4) + 0.6 · 0.4 · p +
/// max(0, p − q) = (.54, .252, .208).
/// </summary>
public sealed class BatchingMutantsTests
{
    // Logits are floats, so probabilities are right to seven digits.
    private const double Rounding = 1e-6;

    private static readonly double[] P = [0.5, 0.3, 0.2];

    [Fact]
    public void Dropping_a_surplus_accepted_token_shifts_each_sequence_by_0048()
    {
        var law = FirstTokens(SpeculationMutants.All.Single(mutant => mutant.Name == "truncate-to-the-slowest-row").Subject);

        Assert.Equal([0.54, 0.252, 0.208], law, (a, b) => Math.Abs(a - b) < Rounding);
        Assert.Equal(0.048, TotalVariation.Between(law, P), Rounding);
    }

    [Fact]
    public void Ending_with_ones_own_accepted_token_keeps_the_distribution()
    {
        var law = FirstTokens(CorrectVariants.All.Single(variant => variant.Name == "as far as the slowest, with own tokens").Subject);

        Assert.Equal(0, TotalVariation.Between(law, P), Rounding);
    }

    /// <summary>[V]: the first sequence's first token. Two tokens are asked for, so that one is drafted.</summary>
    private static double[] FirstTokens(Subject subject)
    {
        TableModel Table(params double[] shares) => TableModel.Constant(16, [.. shares]);
        var law = JointLaw.Of(randomness =>
        {
            SequenceRequest request = new([0], new() { MaxTokens = 2 }, randomness);
            return [subject.DecodeBatch(Table(P), Table(0.2, 0.7, 0.1), gamma: 1, [request, request with { Prompt = [1] }])[0][0]];
        });
        return [law[0], law[1], law[2]];
    }
}

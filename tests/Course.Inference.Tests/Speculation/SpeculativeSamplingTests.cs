using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;

namespace Course.Inference.Tests.Speculation;

/// <summary>The rule alone, on distributions written down.</summary>
public sealed class SpeculativeSamplingTests
{
    private static DraftVerdict Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness) =>
        new RecursiveRejection().Verify(DraftTree.Chain(draft), target, randomness);

    public static TheoryData<double[], double[]> Pairs => new()
    {
        { [0.5, 0.3, 0.2], [0.1, 0.6, 0.3] },
        { [0.5, 0.3, 0.2], [0.5, 0.3, 0.2] },
        { [1, 0, 0], [0.2, 0.4, 0.4] },
        { [0.5, 0.5, 0], [0, 0, 1] },
        { [0.25, 0.25, 0.5], [0, 1, 0] },
        { [1 - 3e-16, 3e-16, 0], [1, 0, 0] },
        { [1e-300, 1 - 1e-16, 1e-16], [0.3, 0.3, 0.4] },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void One_draft_token_and_the_token_behind_it_follow_the_target(double[] p, double[] q)
    {
        double[] after = [0.7, 0.1, 0.2];
        var law = JointLaw.Of(randomness =>
        {
            var x = randomness.Draw(q);
            var verdict = Verify([new(x, q)], [p, after], randomness);
            return verdict.Accepted == 1 ? [x, verdict.Next] : [verdict.Next, randomness.Draw(after)];
        });

        for (var first = 0; first < 3; first++)
            for (var second = 0; second < 3; second++)
                Assert.Equal(p[first] * after[second], law[first, second], 1e-15);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_draft_token_is_accepted_as_often_as_the_two_laws_overlap(double[] p, double[] q)
    {
        var law = JointLaw.Of(randomness =>
        {
            var x = randomness.Draw(q);
            return [Verify([new(x, q)], [p, p], randomness).Accepted];
        });

        Assert.Equal(p.Zip(q, Math.Min).Sum(), law[1], 1e-15);
    }

    [Fact]
    public void The_first_rejection_ends_the_draft()
    {
        double[] sure = [1, 0], never = [0, 1];
        var verdict = Verify([new(0, sure), new(0, sure), new(0, sure)], [sure, never, sure, sure], new SeededRandomness(1));

        Assert.Equal((1, 1, 2), (verdict.Accepted, verdict.Next, verdict.Judged));
    }

    [Fact]
    public void Without_a_draft_the_target_draws_for_itself() =>
        Assert.Equal(1, Verify([], [[0, 1]], new SeededRandomness(1)).Next);

    [Fact]
    public void A_residual_of_nothing_but_rounding_is_the_target()
    {
        double[] p = [0.1, 0.2, 0.7];
        Assert.Equal(p, SpeculativeSampling.Residual(p, p));
        Assert.Equal(p, SpeculativeSampling.Residual(p, [0.1, 0.2, Math.BitIncrement(0.7)]));
    }

    [Fact]
    public void A_residual_of_one_millionth_of_a_millionth_is_still_a_distribution()
    {
        var residual = SpeculativeSampling.Residual([0.3, 0.7 + 1e-12, 1e-13], [0.3 + 1.1e-12, 0.7, 0]);
        Assert.Equal(1, residual.Sum(), 1e-15);
        Assert.Equal(1 / 11.0, residual[2], 1e-4);
    }

    [Fact]
    public void A_token_that_its_own_law_excludes_and_laws_over_two_vocabularies_are_errors()
    {
        Assert.Contains("proposes token 1", Message(() => SpeculativeSampling.AcceptanceProbability([0.5, 0.5], [1, 0], 1)), StringComparison.Ordinal);
        Assert.Contains("proposes token 1", Message(() => SpeculativeSampling.AcceptanceProbability([0.5, 0.5], [0, double.NaN], 1)), StringComparison.Ordinal);
        Assert.Contains("2 and 3", Message(() => SpeculativeSampling.Residual([0.5, 0.5], [0.5, 0.2, 0.3])), StringComparison.Ordinal);
        Assert.Contains("NaN", Message(() => Verify([new(0, [1, 0])], [[double.NaN, 1], [1, 0]], new SeededRandomness(1))), StringComparison.Ordinal);

        static string Message(Action act) => Assert.Throws<CourseException>(act).Message;
    }
}

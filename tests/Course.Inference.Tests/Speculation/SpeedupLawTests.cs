using Course.Inference.Speculation;

namespace Course.Inference.Tests.Speculation;

public sealed class SpeedupLawTests
{
    [Theory]
    [InlineData(0.6, 0.02, 6, 2.17)]
    [InlineData(0.6, 0.1, 3, 1.67)]
    [InlineData(0.6, 0.2, 2, 1.40)]
    [InlineData(0.8, 0.02, 11, 3.82)]
    [InlineData(0.8, 0.1, 6, 2.47)]
    [InlineData(0.8, 0.2, 4, 1.87)]
    [InlineData(0.9, 0.02, 19, 6.37)]
    [InlineData(0.9, 0.1, 10, 3.43)]
    [InlineData(0.9, 0.2, 7, 2.37)]
    public void With_flat_verification_it_is_Leviathans(double alpha, double c, int best, double speedup)
    {
        var law = SpeedupLaw.FlatVerification(alpha, c);

        Assert.Equal(best, law.BestDraftLength());
        Assert.Equal(speedup, law.Speedup(best), 0.006);
        Assert.Equal((1 - Math.Pow(alpha, best + 1)) / ((1 - alpha) * ((best * c) + 1)), law.Speedup(best), 1e-12);
    }

    [Fact]
    public void Verification_that_grows_shortens_the_best_draft()
    {
        var law = SpeedupLaw.LinearVerification(0.8, 0.1, growth: 0.05);
        Assert.Equal(5, law.BestDraftLength());
        Assert.Equal(2.11, law.Speedup(5), 0.005);
    }

    [Fact]
    public void A_draft_that_costs_more_than_it_hits_is_not_worth_one_token()
    {
        Assert.Equal(0, SpeedupLaw.FlatVerification(0.3, 0.31).BestDraftLength());
        Assert.NotEqual(0, SpeedupLaw.FlatVerification(0.3, 0.29).BestDraftLength());
    }

    [Fact]
    public void A_perfect_draft_emits_all_and_an_impossible_one_the_targets_own_token()
    {
        Assert.Equal(6, SpeedupLaw.TokensPerRound(1, 5));
        Assert.Equal(1, SpeedupLaw.TokensPerRound(0, 5));
    }

    [Fact]
    public void Operations_go_up_while_time_goes_down()
    {
        Assert.Equal((1 - 0.8) * ((4 * 0.1) + 5) / (1 - Math.Pow(0.8, 5)), SpeedupLaw.Operations(0.8, 0.1, 4), 1e-12);
        Assert.True(SpeedupLaw.Operations(0.8, 0.1, 4) > 1 && SpeedupLaw.FlatVerification(0.8, 0.1).Speedup(4) > 1);
    }
}

using Course.TakeHome.Contracts;

namespace Course.TakeHome.Tests.Checks;

public sealed class MartingaleTests
{
    /// <summary>A fair coin is tossed 10,000 times: six standard deviations are 300, and the bound is a little wider.</summary>
    [Theory]
    [InlineData(5_000, false)]
    [InlineData(5_290, false)]
    [InlineData(5_400, true)]
    [InlineData(4_600, true)]
    public void A_fair_sum_is_off_only_beyond_what_chance_explains(int heads, bool isOff)
    {
        var sum = new Martingale();
        for (var toss = 0; toss < 10_000; toss++)
            sum.Add(0.5, toss < heads);
        Assert.Equal(isOff, sum.IsOff(looks: 1));
    }

    /// <summary>
    /// An event of one in a million that happens once in a hundred tries is seventy standard deviations off, and still chance.
    /// </summary>
    [Fact]
    public void A_rare_event_that_happens_once_is_not_off()
    {
        var sum = new Martingale();
        for (var tries = 0; tries < 100; tries++)
            sum.Add(1e-6, tries == 50);
        Assert.True(sum.Deviations > 70);
        Assert.False(sum.IsOff(looks: 1));
    }

    [Fact]
    public void An_impossible_event_is_off_when_it_happens_once()
    {
        var sum = new Martingale();
        sum.Add([1, 2, 3], [0.5, 0.5, 0], token: 2);
        Assert.True(sum.IsOff(looks: 1000));
    }

    [Fact]
    public void The_more_sums_are_looked_at_the_farther_one_may_be() =>
        Assert.True(Martingale.Farthest(1000, 100, 1) > Martingale.Farthest(1, 100, 1));

    [Theory]
    [InlineData(0, null)]
    [InlineData(0.15, "towards the draft's distribution")]
    public void Tokens_that_lean_towards_the_draft_are_found(double share, string? said)
    {
        double[] p = [0.5, 0.3, 0.2], q = [0.2, 0.3, 0.5];
        double[] mixed = [.. p.Zip(q, (target, draft) => ((1 - share) * target) + (share * draft))];
        var (scores, randomness) = (new TokenScores(3, wanted: 1), new SeededRandomness(1));
        for (var text = 0; text < 8_000; text++)
            scores.Add(0, randomness.Draw(mixed), p, q);
        if (said is null)
            Assert.Null(scores.Objection());
        else
            Assert.Contains(said, scores.Objection(), StringComparison.Ordinal);
    }
}

using Course.TakeHome.Contracts;

namespace Course.TakeHome.Tests.Checks;

public sealed class LawTests
{
    [Fact]
    public void A_finite_experiment_is_enumerated_completely()
    {
        var law = Law.Of(randomness => [randomness.Draw([0.5, 0.25, 0.25]), randomness.Accept(0.1) ? 1 : 0]);
        Assert.Equal((6, 0.0, 0.025), (law.Runs, law.Unseen, law[1, 1]));
    }

    [Fact]
    public void An_experiment_without_a_last_branch_is_enumerated_as_far_as_it_matters_and_says_how_far()
    {
        var law = Law.Of(randomness =>
        {
            var tries = 0;
            while (!randomness.Accept(0.5))
                tries++;
            return [tries % 2];
        }, maxRuns: 30);
        Assert.InRange(law.Unseen, 1e-12, 1e-8);
        Assert.Equal(2.0 / 3, law[0], 1e-8);
        Assert.Equal(0, Law.Distance(law, Law.Of(randomness => [randomness.Accept(1.0 / 3) ? 1 : 0])), 1e-12);
    }

    [Fact]
    public void An_experiment_that_is_too_large_has_no_verdict() =>
        Assert.Throws<LawTooLargeException>(
            () => Law.Of(randomness => Enumerable.Range(0, 10).Select(_ => randomness.Draw([0.5, 0.5])), maxRuns: 100));

    [Fact]
    public void An_experiment_that_never_ends_is_an_error_that_says_so() =>
        Assert.Contains("never ends", Assert.Throws<CourseException>(() => Law.Of(Endless)).Message, StringComparison.Ordinal);

    /// <summary>A correct experiment that rarely accepts: on one path it does not end in time.</summary>
    [Fact]
    public void An_experiment_that_ends_slowly_on_a_rare_path_is_too_large_and_not_endless()
    {
        static IEnumerable<int> Slow(IRandomness randomness)
        {
            if (randomness.Accept(0.99999))
                return [0];
            while (!randomness.Accept(0.00001))
            {
            }
            return [1];
        }

        Assert.Throws<LawTooLargeException>(() => Law.Of(Slow));
    }

    [Fact]
    public void An_experiment_that_remembers_earlier_runs_is_an_error()
    {
        var runs = 0;
        Assert.Throws<CourseException>(() => Law.Of(randomness => [randomness.Accept(runs++ == 0 ? 0.5 : 0.25) ? 1 : 0]));
    }

    [Fact]
    public void A_negative_token_differs_from_the_positive_one_in_every_culture()
    {
        var law = Law.Of(randomness => [randomness.Accept(0.5) ? 1 : -1]);
        Assert.Equal((0.5, 0.5), (law[1], law[-1]));
    }

    private static IEnumerable<int> Endless(IRandomness randomness)
    {
        while (true)
            yield return randomness.Draw([0.5, 0.5]);
    }
}

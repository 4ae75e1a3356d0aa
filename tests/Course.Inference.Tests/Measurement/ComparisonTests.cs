using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class ComparisonTests
{
    // A sawtooth of ±30 %, the same for both: noise without chance.
    private static readonly double[] Noise = [1.0, 1.3, 0.8, 1.1, 0.9, 1.2, 0.7, 1.0, 1.15, 0.85, 1.25, 0.75];

    private static Comparison Compare(IEnumerable<double> a, IEnumerable<double> b) =>
        new(new Timing("A", new Samples(a)), new Timing("B", new Samples(b)));

    [Fact]
    public void Equal_distributions_show_no_difference()
    {
        var comparison = Compare(Noise, Noise.Skip(5).Concat(Noise.Take(5)));

        Assert.Equal(Verdict.NoDifference, comparison.Verdict);
        Assert.Contains("No difference", comparison.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shift_that_the_noise_could_hide_is_found_in_pairs()
    {
        var comparison = Compare(Noise, Noise.Select(value => 1.1 * value));

        Assert.Equal(Verdict.FirstIsFaster, comparison.Verdict);
        Assert.Equal(1.1, comparison.Ratio, 9);
        Assert.Contains("A is 1.10× as fast as B", comparison.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_can_win()
    {
        var comparison = Compare(Noise, Noise.Select(value => 0.5 * value));

        Assert.Equal(Verdict.SecondIsFaster, comparison.Verdict);
        Assert.Contains("B is 2.00× as fast as A", comparison.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_percent_is_no_difference_however_steady() =>
        Assert.Equal(Verdict.NoDifference, Compare(Noise, Noise.Select(value => 1.01 * value)).Verdict);

    [Theory]
    [InlineData(5, Verdict.NoDifference)]
    [InlineData(6, Verdict.FirstIsFaster)]
    public void A_verdict_needs_six_pairs(int pairs, Verdict expected) =>
        Assert.Equal(expected, Compare(Noise.Take(pairs), Noise.Take(pairs).Select(value => 3 * value)).Verdict);

    // P(X ≤ 2) for X ~ Binomial(12, ½) is 79/4096 = 1.9 %, P(X ≤ 3) is 7.3 %: the third from either end.
    [Fact]
    public void The_interval_is_the_sign_tests()
    {
        var ratios = Enumerable.Range(1, 12).Select(i => (double)i).ToArray();

        Assert.Equal((3, 10), Compare(Enumerable.Repeat(1.0, 12), ratios).Interval);
    }

    [Fact]
    public void Samples_that_are_no_pairs_are_refused() => Assert.Throws<CourseException>(() => Compare([1, 2], [1]));
}

using Course.Inference.Sampling;

namespace Course.Inference.Tests.Sampling;

public sealed class SamplingPipelineTests
{
    private static double[] Apply(SamplingOptions options, params float[] logits) => new SamplingPipeline(options).Distribution(logits);

    /// <summary>Logits whose softmax is close to these probabilities.</summary>
    private static float[] Logits(params double[] probabilities) => [.. probabilities.Select(p => (float)Math.Log(p))];

    private static void AssertClose(double[] expected, double[] actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }

    [Fact]
    public void The_defaults_leave_the_models_distribution_as_it_is()
    {
        float[] logits = [1, 2, 3, float.NegativeInfinity, 2];
        AssertClose(NaiveSampling.Softmax(logits), Apply(SamplingOptions.Default, logits));
    }

    [Fact]
    public void Greedy_puts_everything_on_the_first_maximum_whatever_the_other_steps_are() =>
        Assert.Equal([0, 1, 0, 0], Apply(new() { Temperature = 0, TopK = 1, TopP = 0.1, MinP = 1 }, 1, 7, 7, 3));

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-3)]
    [InlineData(1e6)]
    public void Extreme_temperatures_neither_overflow_nor_lose_the_sum(double temperature)
    {
        var p = Apply(new() { Temperature = temperature }, 300, -300, 299, float.NegativeInfinity);
        Assert.Equal(1, p.Sum(), 1e-12);
        Assert.Equal(0, p[3]);
        Assert.Equal(p.Max(), p[0]);
    }

    [Fact]
    public void Among_equals_at_the_border_of_top_k_the_lower_ids_stay() =>
        AssertClose([0, 0.5, 0.25, 0.25, 0], Apply(new() { TopK = 3 }, Logits(0.1, 0.3, 0.15, 0.15, 0.15)), 1e-7);

    [Fact]
    public void Among_equals_at_the_border_of_top_p_the_lower_ids_stay()
    {
        AssertClose([0.4, 0.4, 0.2, 0], Apply(new() { TopP = 0.8 }, Logits(1.0 / 3, 1.0 / 3, 1.0 / 6, 1.0 / 6)), 1e-7);
        Assert.Equal([0.5, 0.5, 0, 0], Apply(new() { TopP = 0.5 }, 0, 0, 0, 0)); // two quarters reach a half: a third is one too many
    }

    [Fact]
    public void Top_p_keeps_the_token_that_crosses_the_limit_and_at_least_one()
    {
        AssertClose([0.625, 0.375, 0], Apply(new() { TopP = 0.51 }, Logits(0.5, 0.3, 0.2)), 1e-7);
        AssertClose([1, 0, 0], Apply(new() { TopP = 1e-9 }, Logits(0.5, 0.3, 0.2)));
    }

    [Fact]
    public void Min_p_keeps_what_is_at_least_a_fraction_of_the_best() =>
        AssertClose([0.625, 0.375, 0], Apply(new() { MinP = 0.5 }, Logits(0.5, 0.3, 0.2)), 1e-7);

    /// <summary>Each later step sees what the earlier ones left: with another order the answer would be another.</summary>
    [Fact]
    public void The_order_is_temperature_then_top_k_then_top_p_then_min_p()
    {
        var logits = Logits(0.4, 0.3, 0.2, 0.1);
        // Top-k leaves 4/7 and 3/7, of which the first alone reaches 0.55; top-p alone would have needed two, and k = 2 keeps them.
        AssertClose([1, 0, 0, 0], Apply(new() { TopK = 2, TopP = 0.55 }, logits));
        // A temperature of 2 makes them √p: 0.325, 0.282, 0.230, 0.163, of which two reach 0.6; without it two reach 0.7.
        AssertClose([.. new[] { 2.0, Math.Sqrt(3), 0, 0 }.Select(w => w / (2 + Math.Sqrt(3)))], Apply(new() { Temperature = 2, TopP = 0.6 }, logits), 1e-7);
    }

    [Fact]
    public void Every_step_equals_its_naive_twin_on_random_logits_with_ties()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var logits = RandomLogits(random, random.Next(1, 40));
            var (t, k, p, m) = (random.NextDouble() * 2 + 0.1, random.Next(1, 45), 1 - random.NextDouble(), random.NextDouble());
            var expected = NaiveSampling.Softmax(logits, t);
            AssertClose(expected, Apply(new() { Temperature = t }, logits));
            AssertClose(NaiveSampling.TopK(expected, k), Apply(new() { Temperature = t, TopK = k }, logits));
            AssertClose(NaiveSampling.TopP(expected, p), Apply(new() { Temperature = t, TopP = p }, logits));
            AssertClose(NaiveSampling.MinP(expected, m), Apply(new() { Temperature = t, MinP = m }, logits));
            AssertClose(NaiveSampling.MinP(NaiveSampling.TopP(NaiveSampling.TopK(expected, k), p), m), Apply(new() { Temperature = t, TopK = k, TopP = p, MinP = m }, logits));
        }
    }

    [Fact]
    public void Whatever_the_options_it_sums_to_one_keeps_the_order_and_never_adds_a_token()
    {
        var random = new Random(4);
        for (var round = 0; round < 500; round++)
        {
            var logits = RandomLogits(random, random.Next(1, 60));
            var before = Apply(new(), logits);
            var after = Apply(new() { TopK = random.Next(1, 60), TopP = 1 - random.NextDouble(), MinP = random.NextDouble() }, logits);

            Assert.Equal(1, after.Sum(), 1e-12);
            for (var i = 0; i < logits.Length; i++)
            {
                Assert.True(after[i] == 0 || after[i] >= before[i] * (1 - 1e-12), "a kept token gains from what others lose");
                Assert.True(after[i] == 0 || before[i] > 0, "a token that could not come cannot come now");
                Assert.DoesNotContain(Enumerable.Range(0, logits.Length), j => before[j] > before[i] && after[j] < after[i]);
            }
        }
    }

    [Fact]
    public void Top_k_and_min_p_change_nothing_the_second_time()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var p = Apply(new(), RandomLogits(random, 50));
            foreach (var step in new Action<double[]>[] { q => TopK.Apply(q, 7), q => MinP.Apply(q, 0.3) })
            {
                step(p);
                var once = (double[])p.Clone();
                step(p);
                AssertClose(once, p, 1e-15);
            }
        }
    }

    [Theory]
    [InlineData(new[] { 1f, float.NaN }, "token 1")]
    [InlineData(new[] { float.PositiveInfinity, 0f }, "token 0")]
    [InlineData(new[] { float.NegativeInfinity, float.NegativeInfinity }, "no token is allowed")]
    [InlineData(new float[0], "empty")]
    public void Logits_that_are_no_distribution_are_an_error(float[] logits, string named)
    {
        foreach (var options in new[] { SamplingOptions.Default, SamplingOptions.Greedy })
            Assert.Contains(named, Assert.Throws<CourseException>(() => Apply(options, logits)).Message, StringComparison.Ordinal);
    }

    private static float[] RandomLogits(Random random, int count)
    {
        // Few different values make ties; a −∞ now and then makes tokens that cannot come; the first is always possible.
        var logits = Enumerable.Range(0, count).Select(_ => random.Next(10) == 0 ? float.NegativeInfinity : random.Next(2) == 0 ? random.Next(4) : random.NextSingle() * 6).ToArray();
        logits[0] = random.Next(4);
        return logits;
    }
}

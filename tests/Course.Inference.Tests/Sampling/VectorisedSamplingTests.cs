using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;

namespace Course.Inference.Tests.Sampling;

/// <summary>The forms that take several values at a time, held to the plain expressions that they equal, at every remainder of a vector.</summary>
public sealed class VectorisedSamplingTests
{
    public static TheoryData<int> Lengths => [1, 3, 4, 7, 8, 9, 15, 16, 31, 64, 65, 200, 2048];

    private static double[] Numbers(int count, ulong seed)
    {
        var generator = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (generator.Next() >> 11) * Math.Pow(2, -53))];
    }

    /// <summary>60 wide; every fifth token is forbidden.</summary>
    private static float[] Logits(int count, ulong seed, double most)
    {
        float[] logits = [.. Numbers(count, seed).Select(number => (float)(((number - 1) * 60) + most))];
        for (var i = 1; i < count; i += 5)
            logits[i] = float.NegativeInfinity;
        return logits;
    }

    private static double[] Law(int count, ulong seed)
    {
        var weights = Numbers(count, seed);
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Softmax_is_the_plain_one(int length)
    {
        var logits = Logits(length, 1, most: 30);
        foreach (var temperature in new[] { 1e-300, 0.3, 1, 7 })
        {
            var expected = NaiveSampling.Softmax(logits, temperature);
            var actual = new SamplingPipeline(new() { Temperature = temperature }).Distribution(logits);
            for (var i = 0; i < length; i++)
                Assert.Equal(expected[i], actual[i], 1e-14 * expected[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Wide_vectors_give_the_same_bits_as_narrow_ones(int length)
    {
        var logits = Logits(length, 7, most: 0);
        foreach (var temperature in new[] { 1e-300, 0.3, 1, 7 })
        {
            double[] narrow = new double[length], wide = new double[length];
            Temperature.Exponentials(logits, largest: 0, temperature, narrow, wide: false);
            Temperature.Exponentials(logits, largest: 0, temperature, wide, wide: true);
            Assert.Equal(narrow, wide);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Greedy_finds_the_first_maximum_and_what_is_no_logit_wherever_it_stands(int length)
    {
        var greedy = new SamplingPipeline(SamplingOptions.Greedy);
        for (var at = 0; at < length; at += 1 + (length / 40))
        {
            var logits = new float[length];
            logits[at] = logits[^1] = 2;
            Assert.Equal(at, Array.IndexOf(greedy.Distribution(logits), 1));
            foreach (var broken in new[] { float.NaN, float.PositiveInfinity })
            {
                logits[at] = broken;
                Assert.Contains($"token {at} ", Assert.Throws<CourseException>(() => greedy.Distribution(logits)).Message, StringComparison.Ordinal);
            }
        }
        Assert.Throws<CourseException>(() => greedy.Distribution(Enumerable.Repeat(float.NegativeInfinity, length).ToArray()));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_sum_in_lanes_loses_no_more_than_one_by_one(int length)
    {
        double[] terms = [.. Numbers(length, 2).Select((number, i) => number * Math.Pow(10, i % 17))];
        var one = new CompensatedSum();
        foreach (var term in terms)
            one.Add(term);
        Assert.Equal(one.Value, CompensatedSum.Of(terms), one.Value * 2.3e-16);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_residual_is_what_p_has_and_q_does_not(int length)
    {
        double[] p = Law(length, 3), q = Law(length, 4);
        var missing = p.Zip(q, (a, b) => Math.Max(0, a - b)).ToArray();
        var sum = missing.Sum();
        Assert.All(SpeculativeSampling.Residual(p, q).Zip(missing), pair => Assert.Equal(sum > 0 ? pair.Second / sum : p[0], pair.First, 1e-14));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_draw_falls_where_its_number_does_and_never_on_nothing(int length)
    {
        var law = Law(length, 5);
        for (var i = 0; i + 1 < length; i += 3)
            (law[i + 1], law[i]) = (law[i + 1] + law[i], 0);
        for (var seed = 0UL; seed < 50; seed++)
        {
            // The number that a generator of this seed gives first, read off an even law of two to the tenth.
            var place = new SeededRandomness(seed).Draw(Enumerable.Repeat(1 / 1024.0, 1024).ToArray()) / 1024.0;
            var drawn = new SeededRandomness(seed).Draw(law);
            Assert.True(law[drawn] > 0);
            Assert.InRange(place, law.Take(drawn).Sum() - (1.01 / 1024), law.Take(drawn + 1).Sum() + 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_draw_refuses_what_is_no_distribution_wherever_it_is_broken(int length)
    {
        for (var at = 0; at < length; at += 1 + (length / 40))
            foreach (var broken in new[] { -0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            {
                var law = Law(length, 6);
                law[at] = broken;
                Assert.Contains($"Probability {at} ", Assert.Throws<CourseException>(() => new SeededRandomness(1).Draw(law)).Message, StringComparison.Ordinal);
            }
    }
}

using Course.Inference.Decoding;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Speculation.Batching;

namespace Course.Inference.Tests.Speculation.Batching;

public sealed class BatchCostsTests
{
    private static DecodingStep Round(int rows, int gamma, double draft, double whole) => Round([.. Enumerable.Repeat(gamma, rows)], draft, whole);

    private static DecodingStep Round(int[] drafted, double draft, double whole) => new(
        [.. drafted.Select(gamma => new SequenceStep(Any, 1, gamma, new int[gamma], null, [], Math.Min(1, gamma), 1))],
        default, default, TimeSpan.FromMilliseconds(draft), TimeSpan.Zero, TimeSpan.FromMilliseconds(whole));

    private static readonly Sequence Any = new(new([0], new(), new SeededRandomness(1)), 8);

    [Fact]
    public void Rounds_say_what_a_draft_step_and_a_verification_cost_at_each_batch_size()
    {
        var costs = BatchCosts.Of(
        [[
            Round(1, 0, 0, 10), Round(1, 2, 4, 16), Round(1, 0, 0, 10), Round(1, 2, 4, 100), Round(1, 2, 4, 16), // one of them was disturbed
            Round(4, 0, 0, 20), Round(4, 1, 4, 40),
            Round([0, 1, 1, 1], 0, 1000), // rows that drafted differently
            Round(9, 3, 1, 1), // never seen without a draft
        ]]);

        Assert.Equal([1, 4], costs.Sizes.Select(size => size.Rows));
        Assert.Equal(0.2, costs.Law(0.5, 1).DraftCost, 1e-12);
        Assert.Equal(1.2, costs.Law(0.5, 1).VerificationCost(3), 1e-12);
        Assert.Equal(0.2, costs.Law(0.5, 4).DraftCost, 1e-12);
        Assert.Equal(1.8, costs.Law(0.5, 4).VerificationCost(2), 1e-12);
        Assert.Equal((1 + 0.5) / (0.2 + 1.8), costs.Law(0.5, 4).Speedup(1), 1e-12);
    }

    [Fact]
    public void A_turn_is_compared_with_itself_so_that_a_slow_while_is_slow_for_both()
    {
        DecodingStep[] Turn(double speed, double excess = 1) => [Round(2, 0, 0, 10 / speed), Round(2, 1, 2 / speed, 16 * excess / speed)];
        var costs = BatchCosts.Of([Turn(1), Turn(0.4), Turn(1), Turn(0.5), Turn(2, excess: 9)]);

        Assert.Equal(1.4, costs.Law(0.5, 2).VerificationCost(2), 1e-12);
        Assert.Equal(0.2, costs.Law(0.5, 2).DraftCost, 1e-12);
        Assert.Equal(0.010, costs.Sizes[0].Costs.Target.At(1), 1e-12);
    }

    [Fact]
    public void Between_two_sizes_costs_are_in_proportion_and_beyond_them_the_nearest()
    {
        var costs = new BatchCosts([(8, new(new([(1, 1), (2, 2)]), new([(1, 0.3)]))), (4, new(new([(1, 1), (2, 1)]), new([(1, 0.1)])))]);

        Assert.Equal([1, 1, 1.25, 2, 2], new[] { 1, 4, 5, 8, 99 }.Select(rows => costs.Law(0.5, rows).VerificationCost(2)));
        Assert.Equal(0.15, costs.Law(0.5, 5).DraftCost, 1e-12);
        Assert.Throws<CourseException>(() => new BatchCosts([]));
    }

    [Fact]
    public void Measured_on_a_model_they_cover_every_size_and_length_that_was_asked_for()
    {
        var target = Tables.Arbitrary(3, contextLength: 32, seed: 1);
        var costs = BatchCosts.Measure(target, new ModelDrafter(target), [[1], [2, 0]], [1, 3], [2], new DecodingOptions { MaxTokens = 12 }, turns: 1);

        Assert.Equal([1, 3], costs.Sizes.Select(size => size.Rows));
        Assert.All(costs.Sizes, size => Assert.Equal([1, 3], size.Costs.Target.Points.Select(point => point.Tokens)));
        Assert.All(costs.Sizes, size => Assert.True(size.Costs.DraftCost() > 0));
    }

    [Theory]
    [InlineData(2, 0.5, 0.4, 1)]
    [InlineData(2, 1.5, 1.2, double.PositiveInfinity)]
    [InlineData(2, 1.5, 0.5, 1.41421356)]
    [InlineData(4, 1.5, 1, double.PositiveInfinity)]
    [InlineData(4, 1.25, 0.75, 2)]
    public void The_crossover_lies_where_the_gain_falls_below_one(int size, double first, double second, double expected) =>
        Assert.Equal(expected, Crossover.Of([1, size], [first, second]), 1e-6);

    [Fact]
    public void Gains_that_do_not_belong_to_sizes_have_no_crossover()
    {
        Assert.Contains("1 sizes and 2 gains", Assert.Throws<CourseException>(() => Crossover.Of([1], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<CourseException>(() => Crossover.Of([], []));
    }
}

using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Decoding;

namespace Course.Inference.Tests.Speculation;

public sealed class AdaptiveDraftLengthTests
{
    /// <summary>A target whose calls cost the same up to 8 tokens and then in proportion, and a draft at a tenth.</summary>
    private static readonly SpeculationCosts Costs = new(new([(1, 1), (8, 1), (16, 2)]), new([(1, 0.1), (16, 0.1), (32, 0.2)]));

    [Fact]
    public void Times_between_the_measured_counts_are_linear_and_go_on_beyond_them()
    {
        Assert.Equal([1, 1, 1.5, 2, 3], new[] { 1, 8, 12, 16, 24 }.Select(Costs.Target.At));
        Assert.Equal(0, CallTimes.None.At(3));
        Assert.Equal(2, new CallTimes([(4, 2)]).At(9));
        Assert.Throws<CourseException>(() => new CallTimes([]));
        Assert.Throws<CourseException>(() => new CallTimes([(1, 0)]));
        Assert.Throws<CourseException>(() => new CallTimes([(1, 1), (1, 2)]));
    }

    [Fact]
    public void Costs_of_a_batch_are_those_of_its_tokens()
    {
        Assert.Equal(0.1, Costs.DraftCost(), 1e-12);
        Assert.Equal(1, Costs.VerificationCost(5), 1e-12);
        Assert.Equal(5, Costs.VerificationCost(5, rows: 8), 1e-12); // 40 tokens against 8
        Assert.True(Costs.Law(0.8).BestDraftLength() > 0);
        Assert.Equal(0, Costs.Law(0.8, rows: 16).BestDraftLength());
    }

    [Fact]
    public void It_drafts_more_when_drafts_stand_and_none_when_they_never_do()
    {
        var length = new AdaptiveDraftLength(Costs);
        for (var i = 0; i < 100; i++)
            length.Observe(judged: 4, accepted: 4);
        Assert.True(length.Next(1) >= 7 && length.Acceptance > 0.97);

        for (var i = 0; i < 1200; i++)
            length.Observe(judged: 1, accepted: 0);
        Assert.Equal(0, length.Next(1));
        Assert.True(length.Acceptance < 0.02);
    }

    [Fact]
    public void Switched_off_by_misses_it_looks_again_ever_more_rarely()
    {
        var length = new AdaptiveDraftLength(Costs);
        for (var i = 0; i < 1200; i++)
            length.Observe(judged: 1, accepted: 0);
        var chosen = Enumerable.Range(1, 250).Select(round => (Round: round, Length: length.Next(1))).Where(next => next.Length > 0).ToArray();
        Assert.Equal([(32, 1), (32 + 64, 1), (32 + 64 + 128, 1)], chosen);
    }

    [Fact]
    public void Switched_off_by_the_size_of_the_batch_it_never_looks_and_is_on_again_with_fewer_rows()
    {
        var length = new AdaptiveDraftLength(Costs);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(0, length.Next(16)));
        Assert.True(length.Next(1) > 0);
    }

    [Fact]
    public void It_goes_on_with_a_gain_that_would_not_switch_it_on()
    {
        // One guess at α = 0.7 gains 1.7 / 1.67, which is 2 %; at 0.9 it gains 14 %.
        var costs = new SpeculationCosts(new([(1, 1), (2, 1.57), (3, 9)]), new([(1, 0.1)]));
        Assert.Equal(0, new AdaptiveDraftLength(costs, most: 1).Next(1));

        var length = new AdaptiveDraftLength(costs, most: 1, prior: 0.9, priorTokens: 100);
        Assert.Equal(1, length.Next(1));
        for (var i = 0; i < 100; i++)
            length.Observe(judged: 10, accepted: 7);
        Assert.Equal((1, 0.7), (length.Next(1), Math.Round(length.Acceptance, 2)));
    }

    [Theory]
    [InlineData("equal")]
    [InlineData("sharper")]
    [InlineData("opposed")]
    public void An_adaptive_length_leaves_the_law_of_the_target(string draft)
    {
        var target = Tables.Arbitrary(2, contextLength: 32, seed: 13);
        var options = new SpeculationOptions { DraftLength = 3, Length = () => new AdaptiveDraftLength(Costs, prior: 0.5, priorTokens: 1, memory: 4) };
        var law = JointLaw.Of(randomness => new SpeculativeDecoder(target, new ModelDrafter(Tables.DraftsFor(target)[draft]), options)
            .Decode([1], new() { MaxTokens = 6 }, randomness).Select(token => token.Token));

        Assert.InRange(TotalVariation.Between(law, ModelLaw.Of(target, [1], new() { MaxTokens = 6 })), 0, 1e-12);
    }

    /// <summary>
    /// Regret: the time that rounds take under the costs, per token, over that of the best fixed γ for this draft. Not by the clock:
    /// counts and costs decide.
    /// </summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void It_comes_close_to_the_best_fixed_length_without_knowing_the_acceptance(double alpha)
    {
        const int tokens = 4000;
        var target = TableModel.Constant(tokens + 1, 0.5, 0.5);
        var draft = TableModel.Constant(tokens + 1, alpha - 0.5 >= 0 ? [1.5 - alpha, alpha - 0.5] : [1, 0]);
        var overlap = Math.Max(alpha, 0.5); // of ½, ½ with these
        double SecondsPerToken(SpeculationOptions options)
        {
            var run = new SpeculativeDecoder(target, new ModelDrafter(draft), options).Decode([0], new() { MaxTokens = tokens }, new SeededRandomness(1));
            Assert.Equal(tokens, run.Count());
            return run.Trace.Steps.Sum(step => (step.Drafted * Costs.Draft.At(1)) + Costs.Target.At(step.Drafted + 1)) / tokens;
        }

        var best = Enumerable.Range(0, 13).Min(gamma => SecondsPerToken(new() { DraftLength = gamma }));
        var adaptive = SecondsPerToken(new() { DraftLength = 16, Length = () => new AdaptiveDraftLength(Costs) });

        Assert.InRange(adaptive / best, 0.9, 1.05);
        Assert.Equal(1 / Costs.Law(overlap).Speedup(Costs.Law(overlap).BestDraftLength()), best, 0.05);
    }
}

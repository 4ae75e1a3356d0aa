using System.Text.Json;
using Course.Charts;
using Course.Inference.Charts;
using Course.Inference.Measurement;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Speculation;

namespace Course.Inference.Tests.Charts;

public sealed class SpeculationChartsTests
{
    [Fact]
    public void Every_step_is_a_bar_of_accepted_tokens_the_targets_own_and_unused_draft_tokens()
    {
        var target = Tables.Arbitrary(5, contextLength: 64, seed: 1);
        var run = new SpeculativeDecoder(target, new ModelDrafter(Tables.DraftsFor(target)["unrelated"])).Decode(
            [1], new() { MaxTokens = 20 }, new SeededRandomness(1));
        Assert.Equal(20, run.Count());

        var figure = SpeculationCharts.Steps("Steps", run.Trace, new Provenance("a machine", "cpu", "fp32", 1));

        using var json = JsonDocument.Parse(figure.Json);
        var heights = json.RootElement.GetProperty("data").EnumerateArray()
            .Select(trace => trace.GetProperty("y").EnumerateArray().Sum(y => y.GetInt32())).ToArray();
        Assert.Equal([run.Trace.Accepted, 20 - run.Trace.Accepted, run.Trace.Drafted - run.Trace.Accepted], heights);
        Assert.Contains("<svg", figure.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_as_json_has_every_step_and_its_cost()
    {
        var target = Tables.Arbitrary(5, contextLength: 64, seed: 1);
        var run = new SpeculativeDecoder(target, new ModelDrafter(target), new() { DraftLength = 3 }).Decode(
            [1], new() { MaxTokens = 8 }, new SeededRandomness(1));
        Assert.Equal(8, run.Count());

        using var json = JsonDocument.Parse(run.Trace.ToJson());
        var steps = json.RootElement.GetProperty("steps");
        Assert.Equal([4, 4], steps.EnumerateArray().Select(step => step.GetProperty("emitted").GetInt32()));
        Assert.Equal(3, steps[0].GetProperty("guesses").GetArrayLength());
        Assert.True(steps[0].GetProperty("target").GetProperty("cost").GetProperty("flops").GetDouble() > 0);
        Assert.Equal([TokenOrigin.Accepted, TokenOrigin.Accepted, TokenOrigin.Accepted, TokenOrigin.Bonus], run.Trace.Origins.Take(4));
    }

    // Greedy and the draft the target itself: every draft stands whole, and the draft's cache lacks its last token.
    [Fact]
    public void Caches_roll_back_to_the_last_accepted_token_and_the_draft_never_saw_the_last_token_of_a_whole_draft()
    {
        var target = Tables.Arbitrary(5, contextLength: 64, seed: 1);
        var run = new SpeculativeDecoder(target, new ModelDrafter(target), new() { DraftLength = 3 }).Decode(
            [1, 2], new() { MaxTokens = 8 }, new SeededRandomness(1));
        Assert.Equal(8, run.Count());

        var (names, held, stays, rewound) = Bars(
            SpeculationCharts.Caches("Caches", run.Trace, promptLength: 2, new Provenance("a machine", "cpu", "fp32", 1)));

        Assert.Equal(["1 draft", "1 target", "2 draft", "2 target"], names);
        Assert.Equal([0, 0, 4, 5], held);
        Assert.Equal([4, 5, 4, 4], stays); // the prompt of two, and of three guesses the draft is fed two
        Assert.Equal([0, 0, 0, 0], rewound);
    }

    [Fact]
    public void Caches_roll_back_rejected_tokens()
    {
        var target = Tables.Arbitrary(5, contextLength: 64, seed: 1);
        var run = new SpeculativeDecoder(target, new ModelDrafter(Tables.DraftsFor(target)["unrelated"])).Decode(
            [1], new() { MaxTokens = 20 }, new SeededRandomness(1));
        Assert.Equal(20, run.Count());

        var (_, _, _, rewound) = Bars(
            SpeculationCharts.Caches("Caches", run.Trace, promptLength: 1, new Provenance("a machine", "cpu", "fp32", 1), steps: 100));

        Assert.Equal(run.Trace.Steps.Select(step => step.Drafted - step.Accepted), rewound.Where((_, i) => i % 2 == 1)); // the target's
        Assert.Equal(run.Trace.Steps.Select(step => Math.Max(0, step.Drafted - step.Accepted - 1)), rewound.Where((_, i) => i % 2 == 0));
    }

    private static (string[] Names, int[] Held, int[] Stays, int[] Rewound) Bars(Figure figure)
    {
        using var json = JsonDocument.Parse(figure.Json);
        var traces = json.RootElement.GetProperty("data").EnumerateArray().ToArray();
        int[] Lengths(int trace) => [.. traces[trace].GetProperty("x").EnumerateArray().Select(x => x.GetInt32())];
        return ([.. traces[0].GetProperty("y").EnumerateArray().Select(y => y.GetString()!)], Lengths(0), Lengths(1), Lengths(2));
    }
}

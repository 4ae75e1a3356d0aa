using System.Text.Json;
using Course.Inference.Charts;
using Course.Inference.Measurement;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Speculation;

namespace Course.Inference.Tests.Charts;

public sealed class SpeculationChartsTests
{
    [Fact]
    public void Every_round_is_a_bar_of_what_stood_what_the_target_added_and_what_was_drafted_for_nothing()
    {
        var target = Tables.Arbitrary(5, contextLength: 64, seed: 1);
        var run = new SpeculativeDecoder(target, new ModelDrafter(Tables.DraftsFor(target)["unrelated"])).Decode([1], new() { MaxTokens = 20 }, new SeededRandomness(1));
        Assert.Equal(20, run.Count());

        var figure = SpeculationCharts.Rounds("Rounds", run.Trace, new Provenance("a machine", "cpu", "fp32", 1));

        using var json = JsonDocument.Parse(figure.Json);
        var heights = json.RootElement.GetProperty("data").EnumerateArray().Select(trace => trace.GetProperty("y").EnumerateArray().Sum(y => y.GetInt32())).ToArray();
        Assert.Equal([run.Trace.Accepted, 20 - run.Trace.Accepted, run.Trace.Drafted - run.Trace.Accepted], heights);
        Assert.Contains("<svg", figure.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_as_json_has_every_round_and_its_cost()
    {
        var target = Tables.Arbitrary(5, contextLength: 64, seed: 1);
        var run = new SpeculativeDecoder(target, new ModelDrafter(target), new() { DraftLength = 3 }).Decode([1], new() { MaxTokens = 8 }, new SeededRandomness(1));
        Assert.Equal(8, run.Count());

        using var json = JsonDocument.Parse(run.Trace.ToJson());
        var steps = json.RootElement.GetProperty("steps");
        Assert.Equal([4, 4], steps.EnumerateArray().Select(step => step.GetProperty("emitted").GetInt32()));
        Assert.Equal(3, steps[0].GetProperty("guesses").GetArrayLength());
        Assert.True(steps[0].GetProperty("target").GetProperty("cost").GetProperty("flops").GetDouble() > 0);
        Assert.Equal([TokenOrigin.Accepted, TokenOrigin.Accepted, TokenOrigin.Accepted, TokenOrigin.Bonus], run.Trace.Origins.Take(4));
    }
}

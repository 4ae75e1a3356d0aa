using System.Text.Json;
using Course.Inference.Charts;
using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Measurement;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Inference.Tests.Speculation.Trees;

/// <summary>Trees on trained models, with real caches and vocabularies that no enumeration reaches.</summary>
public sealed class TreeOnTrainedModelsTests(TrainedPair pair) : IClassFixture<TrainedPair>
{
    private static readonly DecodingOptions Greedy = new() { MaxTokens = 40, Sampling = SamplingOptions.Greedy };

    private static int[] Tokens(DecodingRun run) => [.. run.Select(token => token.Token)];

    [Theory]
    [InlineData("2-1")]
    [InlineData("4-2-1")]
    [InlineData("1-3-1-1")]
    public void Greedy_trees_write_exactly_what_greedy_decoding_writes_after_every_opening(string shape)
    {
        var decoder = new SpeculativeDecoder(pair.Target, new ModelDrafter(pair.Draft), new() { Shape = TreeShape.Parse(shape) });
        foreach (var prompt in pair.Prompts)
            Assert.Equal(Tokens(new CachedDecoder(pair.Target).Decode(prompt, Greedy, new SeededRandomness(0))), Tokens(decoder.Decode(prompt, Greedy, new SeededRandomness(0))));
    }

    [Fact]
    public void So_do_trees_of_earlier_text()
    {
        var decoder = new SpeculativeDecoder(pair.Target, new PromptLookupDrafter(), new() { Shape = TreeShape.Of(3, 1, 1, 1) });
        foreach (var prompt in pair.Prompts.Take(4))
        {
            var options = Greedy with { MaxTokens = 120 };
            Assert.Equal(Tokens(new CachedDecoder(pair.Target).Decode(prompt, options, new SeededRandomness(0))), Tokens(decoder.Decode(prompt, options, new SeededRandomness(0))));
        }
    }

    [SharedDataFact]
    public void A_model_of_260K_parameters_with_its_first_layers_as_draft_writes_its_published_text()
    {
        var path = SharedData.Path("data", "models", "stories260K", "stories260K.bin");
        var (configuration, tensors) = Checkpoint.Read(path);
        var (shallow, shared) = EarlyExit.FirstLayers(configuration, tensors, 2);
        using FusedLlamaModel target = new(configuration, tensors), draft = new(shallow, shared);
        var decoder = new SpeculativeDecoder(target, new ModelDrafter(draft), new() { Shape = TreeShape.Of(3, 2, 1) });
        var run = new TextGenerator(TokenizerFile.Load(path), decoder).Generate("", Greedy with { MaxTokens = 200 }, new SeededRandomness(0));

        Assert.Equal(File.ReadAllText(SharedData.Path("data", "models", "stories260K", "greedy-200-steps.txt")).TrimEnd('\n'), string.Concat(run));
    }

    /// <summary>
    /// What the account says: every node is paid for, those rejected too; one target call a step, the prompt with the first; a draft call
    /// for each depth.
    /// </summary>
    [Fact]
    public void The_trace_has_every_round_its_tree_and_its_cost()
    {
        var prompt = pair.Prompts[0];
        var run = new SpeculativeDecoder(pair.Target, new ModelDrafter(pair.Draft), new() { Shape = TreeShape.Of(4, 2, 1) })
            .Decode(prompt, new() { MaxTokens = 30 }, new SeededRandomness(1));
        Assert.Equal(30, run.Count());
        var trace = run.Trace;

        Assert.Equal(20, trace.Steps[0].Drafted);
        Assert.Equal(trace.Steps.Count, trace.Target.Calls);
        Assert.Equal(prompt.Length - 1 + trace.Steps.Count + trace.Drafted, trace.Target.Tokens);
        Assert.Equal(3, trace.Steps[0].Draft.Calls);
        Assert.Equal(prompt.Length + 4 + 8, trace.Steps[0].Draft.Tokens);
        Assert.Equal(run.Usage, trace.Target);
        Assert.Equal(30, trace.Origins.Count);
        Assert.Equal(trace.Judged - trace.Accepted, trace.Steps.Sum(step => Enumerable.Range(0, step.Accepted + 1).Sum(place => step.RejectedAt(place).Count)));
        Assert.All(trace.Steps.SkipLast(1), step => Assert.Equal(step.Accepted == 3 ? TokenOrigin.Bonus : TokenOrigin.Resampled, step.OriginOf(step.Accepted)));

        using var json = JsonDocument.Parse(trace.ToJson());
        Assert.Equal(20, json.RootElement.GetProperty("steps")[0].GetProperty("tree").GetProperty("parents").GetArrayLength());
        using var figure = JsonDocument.Parse(SpeculationCharts.Steps("Steps", trace, new Provenance("a machine", "cpu", "fp32", 1)).Json);
        Assert.Equal(
            [trace.Accepted, 30 - trace.Accepted, trace.Drafted - trace.Accepted],
            figure.RootElement.GetProperty("data").EnumerateArray().Select(bar => bar.GetProperty("y").EnumerateArray().Sum(y => y.GetInt32())));
    }
}

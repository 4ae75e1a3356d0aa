using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Inference.Tests.Speculation;

/// <summary>Speculation on trained models, with real caches and vocabularies that no enumeration reaches.</summary>
public sealed class BundledPairTests(TrainedPair pair) : IClassFixture<TrainedPair>
{
    private static readonly DecodingOptions Greedy = new() { MaxTokens = 40, Sampling = SamplingOptions.Greedy };

    private static int[] Tokens(DecodingRun run) => [.. run.Select(token => token.Token)];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void Greedy_speculation_writes_exactly_what_greedy_decoding_writes_after_every_opening(int gamma)
    {
        var decoder = new SpeculativeDecoder(pair.Target, new ModelDrafter(pair.Draft), new() { DraftLength = gamma });
        foreach (var prompt in pair.Prompts)
            Assert.Equal(Tokens(new CachedDecoder(pair.Target).Decode(prompt, Greedy, new SeededRandomness(0))), Tokens(decoder.Decode(prompt, Greedy, new SeededRandomness(0))));
    }

    [Fact]
    public void So_does_prompt_lookup_at_any_draft_length_and_from_one_token()
    {
        int[][] prompts = [[pair.Prompts[0][0]], .. pair.Prompts.Take(2)];
        foreach (var gamma in new[] { 0, 2, 9 })
            foreach (var prompt in prompts)
                Assert.Equal(
                    Tokens(new CachedDecoder(pair.Target).Decode(prompt, Greedy, new SeededRandomness(0))),
                    Tokens(new SpeculativeDecoder(pair.Target, new PromptLookupDrafter(), new() { DraftLength = gamma }).Decode(prompt, Greedy, new SeededRandomness(0))));
    }

    [SharedDataFact]
    public void A_model_of_260K_parameters_with_its_first_layers_as_draft_writes_its_published_text()
    {
        var path = SharedData.Path("data", "models", "stories260K", "stories260K.bin");
        var (configuration, tensors) = Checkpoint.Read(path);
        var (shallow, shared) = EarlyExit.FirstLayers(configuration, tensors, 2);
        using FusedLlamaModel target = new(configuration, tensors), draft = new(shallow, shared);
        var decoder = new SpeculativeDecoder(target, new ModelDrafter(draft), new() { DraftLength = 3 });
        var run = new TextGenerator(TokenizerFile.Load(path), decoder).Generate("", Greedy with { MaxTokens = 200 }, new SeededRandomness(0));

        Assert.Equal(File.ReadAllText(SharedData.Path("data", "models", "stories260K", "greedy-200-steps.txt")).TrimEnd('\n'), string.Concat(run));
    }

    /// <summary>
    /// Whether a token is accepted, less the overlap Σ min(p, q) of the two laws it came from, is a fair game whatever came before. So
    /// by Freedman's inequality the mean over n judged tokens strays by more than ε once in 2·exp(−n ε² / (2 (1/4 + ε/3))): below 1e-9
    /// from n = 500 on with ε = 0.16.
    /// </summary>
    [Fact]
    public void Tokens_are_accepted_as_often_as_the_two_laws_overlap()
    {
        var rule = new WatchingRule();
        var decoder = new SpeculativeDecoder(pair.Target, new ModelDrafter(pair.Draft), rule: rule);
        var (judged, accepted) = (0, 0);
        for (var i = 0; judged < 500; i++)
        {
            var run = decoder.Decode(pair.Prompts[i % pair.Prompts.Count], new() { MaxTokens = 60 }, new SeededRandomness((ulong)i));
            Tokens(run);
            (judged, accepted) = (judged + run.Trace.Judged, accepted + run.Trace.Accepted);
        }

        Assert.Equal(judged, rule.Overlaps.Count);
        Assert.Equal(rule.Overlaps.Average(), (double)accepted / judged, 0.16);
    }

    /// <summary>The right rule, which notes how far the laws of each token that it judges overlap.</summary>
    private sealed class WatchingRule : IVerificationRule
    {
        public List<double> Overlaps { get; } = [];

        public DraftVerdict Verify(DraftTree draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            var verdict = new RecursiveRejection().Verify(draft, target, randomness);
            for (var i = 0; i < verdict.Judged; i++)
                Overlaps.Add(1 - TotalVariation.Between(target[i], draft.DistributionOf(i, target[i].Length)));
            return verdict;
        }
    }
}

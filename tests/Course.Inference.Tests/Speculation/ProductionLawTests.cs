using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Quantization;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Families.Llama;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Speculation;

/// <summary>
/// The proof in production's arithmetic: real transformers with real caches on the fused kernels, in single precision, their exact joint
/// laws by enumeration, against the law of the readable model on libtorch, which feeds every beginning anew.
/// </summary>
public sealed class ProductionLawTests : IDisposable
{
    private const double Production = 1e-6;
    private static readonly LlamaConfiguration Large = SmallModel.Shape(vocabulary: 4, width: 32, hidden: 64, context: 16), Little = SmallModel.Shape(vocabulary: 4, width: 32, hidden: 64, layers: 1, context: 16);

    private readonly LlamaModel readable = SmallModel.Build(Large, seed: 1);
    private readonly FusedLlamaModel target = Fused(Large, seed: 1), draft = Fused(Little, seed: 2), coarse = Coarse(Large, seed: 1);

    private static FusedLlamaModel Fused(LlamaConfiguration c, int seed) => new(c, SmallModel.Tensors(c, SmallModel.Weights(c, seed)));

    private static FusedLlamaModel Coarse(LlamaConfiguration c, int seed)
    {
        using var scope = NewDisposeScope();
        return new(c, QuantizedWeights.From(c, SmallModel.Tensors(c, SmallModel.Weights(c, seed)), WeightFormat.Int8));
    }

    private void Follows(IDecoder decoder, SamplingOptions sampling, int tokens, params int[] stops)
    {
        var options = new DecodingOptions { MaxTokens = tokens, Sampling = sampling, StopTokens = stops };
        JointLaw Law(IDecoder way) => JointLaw.Of(randomness => way.Decode([1, 3], options, randomness).Select(token => token.Token));
        var distance = TotalVariation.Between(Law(decoder), Law(new NaiveDecoder(readable)));
        Assert.True(distance <= Production, $"{sampling}: total variation {distance:E1}.");
    }

    public static TheoryData<double, int, double, double> Samplings => new() { { 1, 99, 1, 0 }, { 0.5, 99, 1, 0 }, { 2, 99, 1, 0 }, { 1, 2, 1, 0 }, { 1, 99, 0.95, 0 }, { 1, 99, 1, 0.05 } };

    private static SamplingOptions Options(double temperature, int topK, double topP, double minP) =>
        new() { Temperature = temperature, TopK = topK == 99 ? int.MaxValue : topK, TopP = topP, MinP = minP };

    [Fact]
    public void The_two_arithmetics_are_two() => Assert.NotEqual(
        readable.Forward(TokenBatch.Of(1, 3), wanted: LogitsOf.LastToken).Last().ToArray(), target.Forward(TokenBatch.Of(1, 3), wanted: LogitsOf.LastToken).Last().ToArray());

    [Theory]
    [MemberData(nameof(Samplings))]
    public void A_draft_model_leaves_the_law_of_the_target(double temperature, int topK, double topP, double minP)
    {
        foreach (var gamma in new[] { 1, 2 })
            Follows(new SpeculativeDecoder(target, new ModelDrafter(draft), new() { DraftLength = gamma }), Options(temperature, topK, topP, minP), tokens: 3, stops: 2);
    }

    [Fact]
    public void So_do_its_own_copy_in_int8_itself_and_earlier_text()
    {
        foreach (var drafter in new IDrafter[] { new ModelDrafter(coarse), new ModelDrafter(target), new PromptLookupDrafter() })
            Follows(new SpeculativeDecoder(target, drafter, new() { DraftLength = 2 }), SamplingOptions.Default, tokens: 3);
    }

    [Theory]
    [InlineData(SiblingDraw.Independent)]
    [InlineData(SiblingDraw.WithoutReplacement)]
    [InlineData(SiblingDraw.Chosen)]
    public void So_do_trees(SiblingDraw draw) =>
        Follows(new SpeculativeDecoder(target, new ModelDrafter(draft, draw), new() { Shape = TreeShape.Of(2, 1) }), new() { TopK = 3 }, tokens: 2);

    [Fact]
    public void So_does_an_adaptive_length()
    {
        var costs = new SpeculationCosts(new([(1, 1), (2, 1.4), (3, 1.6)]), new([(1, 0.1)]));
        Follows(
            new SpeculativeDecoder(target, new ModelDrafter(draft), new() { DraftLength = 2, Length = () => new AdaptiveDraftLength(costs, most: 2, prior: 0.5, priorTokens: 1, memory: 4) }),
            new() { TopK = 3 }, tokens: 4);
    }

    [Fact]
    public void So_do_rows_of_a_batch_each_for_itself()
    {
        (int[] Prompt, DecodingOptions Options)[] rows = [([1], new() { MaxTokens = 2 }), ([2, 0, 1], new() { MaxTokens = 2, Sampling = new() { TopK = 2 } })];
        var decoder = new SpeculativeDecoder(target, new ModelDrafter(draft), new() { DraftLength = 1 });
        var together = JointLaw.Of(randomness =>
        {
            var run = decoder.Decode([.. rows.Select(row => new SequenceRequest(row.Prompt, row.Options, randomness))]);
            _ = run.Count();
            return run.Rows.SelectMany(row => row.Tokens.Select(token => token.Token));
        });
        JointLaw[] alone = [.. rows.Select(row => JointLaw.Of(randomness => new NaiveDecoder(readable).Decode(row.Prompt, row.Options, randomness).Select(token => token.Token)))];
        var expected = JointLaw.Given(from a in alone[0] from b in alone[1] select KeyValuePair.Create<IReadOnlyList<int>, double>([.. a.Key, .. b.Key], a.Value * b.Value));

        Assert.InRange(TotalVariation.Between(together, expected), 0, Production);
    }

    public void Dispose()
    {
        readable.Dispose();
        target.Dispose();
        draft.Dispose();
        coarse.Dispose();
    }
}

using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Speculation.Batching;

namespace Course.Inference.Tests.Speculation.Greedy;

/// <summary>What came of one way to speculate.</summary>
/// <param name="Target">The model whose text it must be.</param>
/// <param name="Texts">Behind each prompt.</param>
internal readonly record struct Written(ILanguageModel Target, IReadOnlyList<int[]> Texts);

/// <summary>Every way to speculate that the library has, by name.</summary>
internal static class GreedyWays
{
    /// <summary>
    /// Made up, so that the draft length goes up and down by what is accepted and batches switch off and on as rows leave.
    /// </summary>
    private static readonly BatchCosts Costs = new(
    [
        (1, new(new([(1, 1), (5, 1.4), (9, 2)]), new([(1, 0.1)]))),
        (4, new(new([(1, 1), (2, 1.3), (5, 2.4)]), new([(1, 0.15)]))),
        (8, new(new([(1, 1), (2, 1.9), (5, 5)]), new([(1, 0.2)]))),
    ]);

    private static readonly SpeculationOptions Adaptive = new() { DraftLength = 8, Length = () => new AdaptiveDraftLength(Costs, most: 8) };

    public static IReadOnlyDictionary<string, Func<GreedyModels, Written>> All { get; } = new Dictionary<string, Func<GreedyModels, Written>>
    {
        ["draft model, γ=1"] = models => Chain(models, models.Target, new ModelDrafter(models.Draft), new() { DraftLength = 1 }),
        ["draft model, γ=4"] = models => Chain(models, models.Target, new ModelDrafter(models.Draft), new() { DraftLength = 4 }),
        ["draft model, γ=15"] = models => Chain(models, models.Target, new ModelDrafter(models.Draft), new() { DraftLength = 15 }),
        ["draft model in int8, γ=4"] = models => Chain(models, models.Target, new ModelDrafter(models.DraftInt8), new() { DraftLength = 4 }),
        ["draft model, adaptive γ"] = models => Chain(models, models.Target, new ModelDrafter(models.Draft), Adaptive),
        ["prompt lookup, γ=8"] = models => Chain(models, models.Target, new PromptLookupDrafter(), new() { DraftLength = 8 }),
        ["copy in few bits, γ=4"] = models => Chain(models, models.Target, new ModelDrafter(models.FewBits), new() { DraftLength = 4 }),
        ["early exit, γ=3"] = models => Chain(models, models.Target, new ModelDrafter(models.Early), new() { DraftLength = 3 }),
        ["target in int8, γ=4"] = models => Chain(models, models.Int8, new ModelDrafter(models.Draft), new() { DraftLength = 4 }),
        ["target in few bits, γ=4"] = models => Chain(models, models.FewBits, new ModelDrafter(models.Draft), new() { DraftLength = 4 }),
        ["tree of a draft model"] = models => Tree(models, new ModelDrafter(models.Draft), TreeShape.Of(4, 2, 1)),
        ["tree of prompt lookups"] = models => Tree(models, new PromptLookupDrafter(), TreeShape.Of(3, 1, 1, 1)),
        ["batches, draft model, γ=3"] = models => Batches(models, new ModelDrafter(models.Draft), new() { DraftLength = 3 }),
        ["batches, prompt lookup, γ=4"] = models => Batches(models, new PromptLookupDrafter(), new() { DraftLength = 4 }),
        ["batches that switch themselves off"] = models => Batches(models, new ModelDrafter(models.Draft), Adaptive),
    };

    private static Written Chain(GreedyModels models, ILanguageModel target, IDrafter drafter, SpeculationOptions options) =>
        new(target, models.Write(new SpeculativeDecoder(target, drafter, options)));

    private static Written Tree(GreedyModels models, IDrafter drafter, TreeShape shape) =>
        new(models.Target, models.Write(new SpeculativeDecoder(models.Target, drafter, new() { Shape = shape })));

    /// <summary>Seven rows at a time, which leave one by one: they accept differently.</summary>
    private static Written Batches(GreedyModels models, IDrafter drafter, SpeculationOptions options)
    {
        var decoder = new SpeculativeDecoder(models.Target, drafter, options);
        var texts = new List<int[]>();
        foreach (var prompts in models.Prompts.Chunk(7))
        {
            var run = decoder.Decode([.. prompts.Select(prompt => new SequenceRequest(prompt, models.Options, new SeededRandomness(0)))]);
            foreach (var _ in run)
                ;
            texts.AddRange(run.Rows.Select(row => row.Tokens.Select(token => token.Token).ToArray()));
        }
        return new(models.Target, texts);
    }
}

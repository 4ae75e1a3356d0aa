using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Mutants.Planted;

/// <summary>Shorthand for putting a part into a subject.</summary>
internal static class Planting
{
    public static Subject With(this Subject subject, IVerificationRule rule) =>
        subject with { Parts = subject.Parts with { Rule = rule }, Batch = subject.Batch with { Rule = rule } };

    public static Subject WithTargetCache(this Subject subject, Func<ILanguageModel, CachedSequence> follow) => subject with { Parts = subject.Parts with { Follow = follow } };

    public static Subject WithStops(this Subject subject, Func<DecodingOptions, int, StopRule> stops) => subject with { Parts = subject.Parts with { Stops = stops } };

    public static Subject WithTargetSampling(this Subject subject, Func<SamplingOptions, SamplingOptions> sampling) => subject with { Parts = subject.Parts with { TargetSampling = sampling } };

    public static Subject WithDrafting(this Subject subject, Func<ILanguageModel, DecodingOptions, IRandomness, ModelDraftingRound> begin) =>
        subject with { Drafter = model => new Drafter(model, begin) };

    public static Subject WithDraftCache(this Subject subject, Func<ILanguageModel, CachedSequence> follow) =>
        subject.WithDrafting((model, options, randomness) => new(model, options, randomness, follow));

    private sealed class Drafter(ILanguageModel model, Func<ILanguageModel, DecodingOptions, IRandomness, ModelDraftingRound> begin) : IDrafter
    {
        public void RequireFit(ILanguageModel target) => new ModelDrafter(model).RequireFit(target);

        public IDraftingRound Begin(DecodingOptions options, int vocabularySize, IRandomness randomness) => begin(model, options, randomness);
    }
}

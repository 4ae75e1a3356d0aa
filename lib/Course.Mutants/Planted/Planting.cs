using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Mutants.Planted;

/// <summary>Shorthand for putting a part into a subject.</summary>
internal static class Planting
{
    public static Subject With(this Subject subject, IVerificationRule rule) => subject with { Rule = rule };

    public static Subject WithTreeRule(this Subject subject, IVerificationRule rule) => subject with { Trees = subject.Trees with { Rule = rule } };

    public static Subject WithTargetCache(this Subject subject, Func<IKeyValueCache, LyingCache> lie) => subject with { Target = model => new LyingModel(model, lie) };

    public static Subject WithDraftCache(this Subject subject, Func<IKeyValueCache, LyingCache> lie) =>
        subject with { Drafter = model => new ModelDrafter(new LyingModel(model, lie)) };

    public static Subject WithDrafts(this Subject subject, Func<DraftTree, Sequence, ILanguageModel, DraftTree> change) =>
        subject with { Drafter = model => new Redrafting(new ModelDrafter(model), (tree, sequence) => change(tree, sequence, model)) };

    public static Subject WithOptions(this Subject subject, Func<DecodingOptions, DecodingOptions> change) =>
        subject with { Requests = requests => [.. requests.Select(request => request with { Options = change(request.Options) })] };

    public static Subject WithStops(this Subject subject, Func<DecodingOptions, StopRule, IStopRule> stops) =>
        subject.WithOptions(options => options with { Stops = rule => stops(options, rule) });

    public static Subject WithTargetSampling(this Subject subject, Func<SamplingOptions, SamplingOptions> sampling) =>
        subject.WithOptions(options => options with { Sampling = sampling(options.Sampling) });

    public static Subject WithDraftSampling(this Subject subject, Func<SamplingOptions, SamplingOptions> sampling) =>
        subject with { Drafter = model => new ModelDrafter(model) { Sampling = sampling } };
}

using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation.Trees;

namespace Course.Inference.Speculation;

/// <summary>
/// The decisions that a speculative decoder is made of, so that a lesson can swap one for a wrong variant and see what breaks.
/// The defaults are the right ones.
/// </summary>
public sealed record SpeculationParts
{
    public static SpeculationParts Default { get; } = new();

    /// <summary>Acceptance, residual, bonus.</summary>
    public IVerificationRule Rule { get; init; } = new SpeculativeSampling();

    /// <summary>The same for several candidates at a place.</summary>
    public ITreeVerificationRule TreeRule { get; init; } = new TreeSampling();

    /// <summary>The target's cache: what is fed and what is forgotten.</summary>
    public Func<ILanguageModel, CachedSequence> Follow { get; init; } = model => new(model);

    /// <summary>When the run ends, given its options and the target's context.</summary>
    public Func<DecodingOptions, int, StopRule> Stops { get; init; } = (options, contextLength) => new(options, contextLength);

    /// <summary>How the target's logits become p, given the run's options: the same way as the draft's become q.</summary>
    public Func<SamplingOptions, SamplingOptions> TargetSampling { get; init; } = options => options;
}

using Course.Inference.Sampling;

namespace Course.Mutants.Planted;

/// <summary>Sampling options that get lost between draft and target.</summary>
internal static class SamplingMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("options-ignored", Area.Sampling,
            "Verifies with the target's raw distribution, whatever was asked for.",
            "Temperature and truncation do nothing once speculation is on.",
            "The options live in the sampler, and verification has none.",
            subject => subject.WithTargetSampling(_ => SamplingOptions.Default)),
        new("temperature-forgotten", Area.Sampling,
            "Truncates the target's distribution but leaves out the temperature.",
            "Cold requests come out warm.",
            "Truncation works on probabilities, temperature on logits: two places.",
            subject => subject.WithTargetSampling(options => options with { Temperature = 1 })),
        new("truncation-forgotten", Area.Sampling,
            "Applies the temperature to the target and leaves out top-k, top-p and min-p.",
            "Rare tokens that the request had excluded.",
            "The draft truncates, so nothing excluded is ever drafted; the replacement is.",
            subject => subject.WithTargetSampling(options => new() { Temperature = options.Temperature })),
        new("temperature-twice", Area.Sampling,
            "Divides the target's logits by the temperature twice.",
            "Cold is colder and hot is hotter than without speculation.",
            "Both the model's wrapper and the verifier mean well.",
            subject => subject.WithTargetSampling(options => options with { Temperature = options.Temperature * options.Temperature })),
        new("greedy-by-top-one", Area.Sampling,
            "Keeps one token fewer of the target's than top-k asks for.",
            "Top-2 is greedy.",
            "Index k or count k.",
            subject => subject.WithTargetSampling(options => options.TopK < int.MaxValue ? options with { TopK = Math.Max(1, options.TopK - 1) } : options)),
    ];
}

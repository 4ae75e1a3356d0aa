using Course.Inference.Sampling;

namespace Course.Inference.Tests.Speculation;

/// <summary>The sampling options under which every way of speculating is held to the target's law, chains and trees alike.</summary>
internal static class LawSamplings
{
    public static IReadOnlyList<SamplingOptions> All { get; } =
    [
        SamplingOptions.Default, SamplingOptions.Greedy, new() { Temperature = 0.4 }, new() { Temperature = 2.5 }, new() { TopK = 2 }, new() { TopP = 0.6 },
        new() { MinP = 0.5 }, new() { Temperature = 0.7, TopK = 3, TopP = 0.9, MinP = 0.1 },
    ];
}

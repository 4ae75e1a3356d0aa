using Course.Inference.Speculation;

namespace Course.Mutants.Checks;

/// <summary>Three rounds whose figures anyone can work out on paper.</summary>
internal static class MeasurementChecks
{
    /// <summary>γ = 4: all stand; one stands; none does.</summary>
    private static readonly SpeculationTrace Three = new([Round(accepted: 4), Round(accepted: 1), Round(accepted: 0)]);

    private static SpeculationStep Round(int accepted) => new(
        Asked: 4, Drafted: 4, accepted, Emitted: accepted + 1,
        Draft: new(Calls: 4, Tokens: 4, new(Flops: 4 * 10, WeightBytes: 4 * 7, CacheBytes: 2, ActivationBytes: 1)),
        Target: new(Calls: 1, Tokens: 5, new(Flops: 5 * 100, WeightBytes: 70, CacheBytes: 20, ActivationBytes: 10)),
        DraftTime: TimeSpan.FromSeconds(2), TargetTime: TimeSpan.FromSeconds(5), Time: TimeSpan.FromSeconds(8));

    public static void Figures(Subject subject)
    {
        var figures = subject.Measure(Three);
        // Judged: 4, then the one that stood and the one that did not, then one.
        Demand.Close(5 / 7.0, figures.AcceptanceRate, "The acceptance rate of 5 tokens out of 7 that were judged");
        Demand.Close(8 / 3.0, figures.TokensPerRound, "The number of tokens per round, 8 in 3 rounds,");
        Demand.Close(3 * (40 + 500), figures.Flops, "The number of operations of both models, rejected tokens included,");
        Demand.Close(3 * (31 + 100), figures.Bytes, "The number of bytes that both models moved, once per call,");
        Demand.Close(24 / 8.0, figures.SecondsPerToken, "The time per token, 8 tokens in 24 seconds,");
    }
}

using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>Cases at the ends: a draft that never pays off, contexts so long that speculation always does, and α = 1.</summary>
internal sealed class PressureHiddenChecks : CheckSuite<IBatchPressure>
{
    private static readonly PressureCase Hopeless = new(new(1e15, 3e12), new(2e10, 2e10, 1e6), new(1.9e10, 1.9e10, 1e6), 0.3, 4);

    private static readonly PressureCase Hungry = new(new(1e15, 3e12), new(1.4e11, 1.4e11, 4e9), new(2e9, 2e9, 1e6), 0.7, 4);

    public override string Exercise => "pressure";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("a draft that never pays", "Then the crossover is 1, not an error.", "Crossover", (answer, _) =>
            Demand.That(answer.Crossover(Hopeless, 64) == 1 && answer.Speedup(Hopeless, 1) < 1,
                $"A draft as large as the target with α = 0.3 gives a speed-up of {answer.Speedup(Hopeless, 1):G3}, and the crossover is "
                + $"{answer.Crossover(Hopeless, 64)}; expected a speed-up below 1 and the crossover 1.")),
        Check("long contexts",
            "If most bytes read are cache, the machine stays memory-bound at any batch size, and speculation keeps paying off.",
            "CallSeconds: cache bytes", (answer, _) =>
            Demand.That(answer.Crossover(Hungry, 4096) == 4097,
                "With 4 GB of cache for each sequence the target never becomes compute-bound, so there is no crossover up to 4096. Yours: "
                + $"{answer.Crossover(Hungry, 4096)}.")),
        Check("α = 1", "The sum of a geometric series has a special case.", "Speedup", (answer, _) =>
            Demand.That(double.IsFinite(answer.Speedup(Hungry with { Acceptance = 1 }, 2)), "With α = 1 the speed-up is not a number.")),
    ];
}

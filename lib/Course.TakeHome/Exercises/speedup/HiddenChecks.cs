using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>Published figures, verification costs with steps, and rounds of different draft lengths.</summary>
internal sealed class SpeedupHiddenChecks : CheckSuite<ISpeedupEstimate>
{
    public override string Exercise => "speedup";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("published figures", "The speed-up formula is published, and so are its values.", "Speedup", (answer, _) =>
        {
            foreach (var (alpha, c, gamma, expected) in new[]
            {
                (0.6, 0.1, 3, 1.6738461538), (0.8, 0.02, 11, 3.8167235), (0.9, 0.2, 7, 2.3730533), (0.8, 0.1, 6, 2.46964)
            })
                Demand.That(Math.Abs(answer.Speedup(alpha, c, _ => 1, gamma) - expected) < 1e-4,
                    $"α = {alpha}, c = {c}, γ = {gamma}: {answer.Speedup(alpha, c, _ => 1, gamma):G6} instead of {expected:G6}.");
        }),
        Check("best of the published", "Which γ is best follows from the same formula.", "BestDraftLength", (answer, _) =>
        {
            foreach (var (alpha, c, expected) in new[]
            {
                (0.6, 0.02, 6), (0.6, 0.1, 3), (0.6, 0.2, 2), (0.8, 0.02, 11), (0.8, 0.1, 6), (0.8, 0.2, 4), (0.9, 0.1, 10)
            })
                Demand.That(answer.BestDraftLength(alpha, c, _ => 1, 32) == expected,
                    $"α = {alpha}, c = {c}: the best γ is {expected}; you say {answer.BestDraftLength(alpha, c, _ => 1, 32)}.");
        }),
        Check("steps in V", "Measured costs have steps: kernels work on tiles.",
            "BestDraftLength: a search that stops at the first decrease", (answer, _) =>
        {
            double Tiled(int tokens) => tokens <= 2 ? 1 : tokens <= 8 ? 1.5 : 3;
            Demand.That(answer.BestDraftLength(0.9, 0.02, Tiled, 16) == 7,
                $"With a cost that steps up at 3 and 9 tokens the best γ is 7; you say {answer.BestDraftLength(0.9, 0.02, Tiled, 16)}.");
        }),
        Check("rounds of different length", "Draft lengths vary in a run.", "Acceptance", (answer, _) =>
            Demand.Close(6 / 9.0, answer.Acceptance([new(1, 0), new(5, 3), new(2, 2), new(0, 0), new(3, 1)]),
                "α of rounds of different length")),
    ];
}

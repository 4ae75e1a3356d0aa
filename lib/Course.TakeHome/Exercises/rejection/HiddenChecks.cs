using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>Where an answer that looks right at first sight gives way: vocabularies of real size, and distributions that nearly agree.</summary>
internal sealed class RejectionHiddenChecks : CheckSuite<IRejectionSampling>
{
    public override string Exercise => "rejection";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("law over many tokens", "Vocabularies have a hundred thousand tokens; errors that four tokens hide add up.", "Settle", Many),
        Check("nearly equal", "A good draft nearly agrees, and the difference is nearly all rounding.", "Settle: what happens where next to nothing is left over", NearlyEqual),
        Check("greedy", "At temperature 0 both distributions give all to one token.", "Settle: division by zero", Greedy),
        Check("inputs left alone", "The distributions belong to the caller, who needs them for the next position.", "Settle: writes into its arguments", LeftAlone),
    ];

    private static void Many(IRejectionSampling answer, Variation variation)
    {
        var (p, q) = (Arbitrary(variation.SeedOf("many p"), 60), Arbitrary(variation.SeedOf("many q"), 60));
        var law = Law.Of(randomness => [answer.Settle(p, q, randomness.Draw(q), randomness).Token], maxRuns: 20_000);
        var distance = p.Select((share, x) => Math.Abs(share - law[x])).Sum() / 2;
        Demand.That(distance <= 1e-10, $"Over 60 tokens the law is {distance:G3} in total variation away from the target's.");
    }

    private static void NearlyEqual(IRejectionSampling answer, Variation variation)
    {
        var p = Arbitrary(variation.SeedOf("near"), 6);
        double[] q = [.. p];
        (q[0], q[1]) = (q[0] + 1e-13, q[1] - 1e-13);
        var law = Law.Of(randomness => [answer.Settle(p, q, randomness.Draw(q), randomness).Token]);
        Demand.That(p.Select((share, x) => Math.Abs(share - law[x])).Sum() <= 1e-9, "With a draft that differs from the target by 1e-13 the law is not the target's.");
    }

    private static void Greedy(IRejectionSampling answer, Variation variation)
    {
        double[] first = [1, 0, 0], second = [0, 1, 0];
        Demand.That(answer.Settle(first, first, 0, new SeededRandomness(1)) == new Settled(0, true), "Both give all to token 0, and its guess was not kept.");
        Demand.That(answer.Settle(second, first, 0, new SeededRandomness(1)) == new Settled(1, false), "The target gives all to token 1, the draft guessed 0, and 1 was not emitted.");
    }

    private static void LeftAlone(IRejectionSampling answer, Variation variation)
    {
        var (p, q) = (Arbitrary(variation.SeedOf("alone p"), 5), Arbitrary(variation.SeedOf("alone q"), 5));
        double[] pBefore = [.. p], qBefore = [.. q];
        for (var guess = 0; guess < 5; guess++)
            answer.Settle(p, q, guess, new SeededRandomness(guess));
        Demand.That(p.SequenceEqual(pBefore) && q.SequenceEqual(qBefore), "Settle changed a distribution that it was handed.");
    }

    private static double[] Arbitrary(int seed, int count)
    {
        var random = new Random(seed);
        return Softmax.Of([.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)]);
    }
}

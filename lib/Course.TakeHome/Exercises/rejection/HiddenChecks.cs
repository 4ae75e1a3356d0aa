using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>
/// Where an answer that looks right at first sight gives way: vocabularies of real size, and distributions that nearly agree.
/// </summary>
internal sealed class RejectionHiddenChecks : CheckSuite<IRejectionSampling>
{
    private const int MostRuns = 20_000;

    public override string Exercise => "rejection";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("law over many tokens", "Vocabularies have a hundred thousand tokens; errors that four tokens hide add up.", "Settle", Many),
        Check(
            "nearly equal", "A good draft nearly agrees, and the difference is nearly all rounding.",
            "Settle: what happens where next to nothing is left over", NearlyEqual),
        Check("greedy", "At temperature 0 both distributions give all to one token.", "Settle: division by zero", Greedy),
        Check(
            "inputs left alone", "The distributions belong to the caller, who needs them for the next position.",
            "Settle: writes into its arguments", LeftAlone),
    ];

    private static void Many(IRejectionSampling answer, Variation variation)
    {
        var (p, q) = (Arbitrary(variation.SeedOf("many p"), 60), Arbitrary(variation.SeedOf("many q"), 60));
        RequireLaw(answer, p, q, "Over 60 tokens");
    }

    private static void NearlyEqual(IRejectionSampling answer, Variation variation)
    {
        var p = Arbitrary(variation.SeedOf("near"), 6);
        double[] q = [.. p];
        (q[0], q[1]) = (q[0] + 1e-13, q[1] - 1e-13);
        RequireLaw(answer, p, q, "With a draft that differs from the target by 1e-13");
    }

    private static void RequireLaw(IRejectionSampling answer, double[] p, double[] q, string when)
    {
        try
        {
            var law = Law.Of(randomness => [answer.Settle([.. p], [.. q], randomness.Draw(q), randomness).Token], MostRuns);
            var excess = p.Select((share, x) => Math.Max(0, law[x] - share)).Sum();
            var lacking = p.Select((share, x) => Math.Max(0, share - law[x])).Sum() - law.Unseen;
            Demand.That(Math.Max(excess, lacking) <= Tolerances.Law,
                $"{when} the law is {Math.Max(excess, lacking):G3} in total variation away from the target's.");
        }
        catch (LawTooLargeException)
        {
            RequireSample(answer, p, q, when); // who rejects until a token fits has no last branch
        }
    }

    private static void RequireSample(IRejectionSampling answer, double[] p, double[] q, string when)
    {
        const int Tokens = 20_000;
        var scores = new TokenScores(p.Length, wanted: 1);
        for (var seed = 0; seed < Tokens; seed++)
        {
            CheckRunner.RequireWanted();
            var randomness = new SeededRandomness(seed);
            scores.Add(0, answer.Settle([.. p], [.. q], randomness.Draw(q), randomness).Token, p, q);
        }
        if (scores.Objection() is { } objection)
            throw new CheckFailedException($"{when} {objection}.");
    }

    private static void Greedy(IRejectionSampling answer, Variation variation)
    {
        Demand.That(answer.Settle([1, 0, 0], [1, 0, 0], 0, new SeededRandomness(1)) == new Settled(0, true),
            "Both give all to token 0, and its guess was not kept.");
        Demand.That(answer.Settle([0, 1, 0], [1, 0, 0], 0, new SeededRandomness(1)) == new Settled(1, false),
            "The target gives all to token 1, the draft guessed 0, and 1 was not emitted.");
    }

    private static void LeftAlone(IRejectionSampling answer, Variation variation)
    {
        foreach (var count in new[] { 2, 3, 4, 5, 6, 7, 8, 60 })
        {
            var (p, q) = (Arbitrary(variation.SeedOf($"alone p {count}"), count), Arbitrary(variation.SeedOf($"alone q {count}"), count));
            double[] pBefore = [.. p], qBefore = [.. q];
            for (var guess = 0; guess < count; guess++)
                answer.Settle(p, q, guess, new SeededRandomness(guess));
            Demand.That(p.SequenceEqual(pBefore) && q.SequenceEqual(qBefore),
                $"Settle changed a distribution over {count} tokens that it was handed.");
        }
    }

    private static double[] Arbitrary(int seed, int count)
    {
        var random = new Random(seed);
        return Softmax.Of([.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)]);
    }
}

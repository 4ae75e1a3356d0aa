using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>
/// Cases in which an answer that looks right fails: larger vocabularies, distributions that nearly agree, and greedy decoding.
/// </summary>
internal sealed class RejectionHiddenChecks : CheckSuite<IRejectionSampling>
{
    private const int MostRuns = 20_000;

    public override string Exercise => "rejection";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check(
            "law over many tokens", "Vocabularies have a hundred thousand tokens; errors too small to see over four tokens add up.",
            "Settle", Many),
        Check(
            "nearly equal", "A good draft nearly agrees with its target, and the difference is mostly rounding.",
            "Settle: what happens where the two distributions differ by almost nothing", NearlyEqual),
        Check(
            "greedy", "At temperature 0 both distributions give all probability to one token.", "Settle: division by zero", Greedy),
        Check(
            "inputs left alone", "The distributions belong to the caller, who needs them for the next position.",
            "Settle: writes into its arguments", LeftAlone),
    ];

    private static void Many(IRejectionSampling answer, Variation variation)
    {
        var (p, q) = (Arbitrary(variation.SeedOf("many p"), 60), Arbitrary(variation.SeedOf("many q"), 60));
        RequireDistribution(answer, p, q, "Over 60 tokens");
    }

    private static void NearlyEqual(IRejectionSampling answer, Variation variation)
    {
        var p = Arbitrary(variation.SeedOf("near"), 6);
        double[] q = [.. p];
        (q[0], q[1]) = (q[0] + 1e-13, q[1] - 1e-13);
        RequireDistribution(answer, p, q, "With a draft that differs from the target by 1e-13");
    }

    private static void RequireDistribution(IRejectionSampling answer, double[] p, double[] q, string when)
    {
        try
        {
            var distribution = Law.Of(randomness => [answer.Settle([.. p], [.. q], randomness.Draw(q), randomness).Token], MostRuns);
            var excess = p.Select((share, x) => Math.Max(0, distribution[x] - share)).Sum();
            var lacking = p.Select((share, x) => Math.Max(0, share - distribution[x])).Sum() - distribution.Unseen;
            Demand.That(Math.Max(excess, lacking) <= Tolerances.Probability,
                $"{when} the total variation distance from the target's distribution is {Math.Max(excess, lacking):G3}.");
        }
        catch (LawTooLargeException)
        {
            RequireSample(answer, p, q, when); // a rule that redraws until a token fits has no end of branches
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
            "Target and draft give all probability to token 0, and this draft token was not accepted.");
        Demand.That(answer.Settle([0, 1, 0], [1, 0, 0], 0, new SeededRandomness(1)) == new Settled(1, false),
            "The target gives all probability to token 1, the draft proposed 0, and 1 was not emitted as its replacement.");
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
                $"Settle wrote into a distribution over {count} tokens that the caller passed.");
        }
    }

    private static double[] Arbitrary(int seed, int count)
    {
        var random = new Random(seed);
        return Softmax.Of([.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)]);
    }
}

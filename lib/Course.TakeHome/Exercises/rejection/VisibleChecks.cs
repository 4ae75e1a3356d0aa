namespace Course.TakeHome.Contracts;

/// <summary>One position, tested on exact distributions: every random outcome is enumerated, nothing is estimated.</summary>
internal sealed class RejectionVisibleChecks : CheckSuite<IRejectionSampling>
{
    /// <summary>
    /// Branches that are enumerated at most, for each of the six pairs of distributions; where there are more, this many samples are taken.
    /// </summary>
    private const int MostRuns = 4_000, Samples = 10_000;

    public override string Exercise => "rejection";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("sampling options",
            "Target and draft must be compared as they are sampled. Raw probabilities on one side and truncated ones on the other compare "
            + "a distribution that no token was drawn from.",
            "Distribution: temperature first, then the truncation, then division by the sum.", Options),
        Check("kept guess",
            "An accepted draft token is the token that is emitted. Otherwise the caches hold one text and the reader sees another.",
            "Settle: what is returned together with Accepted = true.", KeptGuess),
        Check("acceptance",
            "If too many draft tokens are accepted, the text drifts towards the draft. If too few are, the gain in speed is lost.",
            "Settle: the probability that you pass to Accept. It depends on both distributions at the draft token.", Acceptance),
        Check("replacement",
            "A token that the draft proposes too often has had its probability already. The replacement of a rejected token must make up "
            + "for what the draft proposes too rarely, and for nothing else.",
            "Settle: the distribution that you draw from after a rejection.", Replacement),
    ];

    public override IReadOnlyDictionary<string, string> Values(Variation variation) => new Dictionary<string, string>
    {
        ["temperature"] = Show.Number(Temperature(variation)),
        ["truncation"] = Truncation(variation),
        ["parameter"] = Show.Number(Parameter(variation)),
        ["vocabulary"] = $"{Vocabulary(variation)}",
        ["rule"] = Truncation(variation) switch
        {
            "top-k" => $"keep the {Show.Number(Parameter(variation))} most probable tokens",
            "top-p" => $"keep the fewest most probable tokens whose probabilities add up to at least {Show.Number(Parameter(variation))}",
            _ => $"keep the tokens whose probability is at least {Show.Number(Parameter(variation))} times that of the most probable one",
        },
    };

    public override IEnumerable<string> Measure(object answer, Variation variation)
    {
        foreach (var (p, q) in Pairs(variation))
        {
            var distribution = Emitted((IRejectionSampling)answer, p, q);
            var accepted = Show.Rough(100 * distribution.Of(outcome => outcome[1] == 1));
            yield return $"target {Show.Numbers(p)}, draft {Show.Numbers(q)}: {accepted} % of the draft tokens are accepted";
        }
    }

    private static void Options(IRejectionSampling answer, Variation variation)
    {
        foreach (var logits in Enumerable.Range(0, 4).Select(i => Logits(variation, $"logits {i}")))
        {
            var came = answer.Distribution(logits);
            Demand.That(came.Length == logits.Length, $"[{logits.Length}] logits became [{came.Length}] probabilities.");
            Demand.That(Math.Abs(came.Sum() - 1) <= Tolerances.Probability, $"The distribution sums to {came.Sum():R}; expected 1.");
            var full = Softmax.Of(logits, Temperature(variation));
            int[] order = [.. Enumerable.Range(0, full.Length).OrderByDescending(token => full[token])];
            var kept = Kept(variation, [.. order.Select(token => full[token])]);
            int[] support = [.. order.Where(token => came[token] > 0)];
            Demand.That(support.SequenceEqual(order.Take(kept)),
                $"At temperature {Show.Number(Temperature(variation))} the probabilities are {Show.Numbers(full)}, and "
                + $"{Truncation(variation)} {Show.Number(Parameter(variation))} keeps tokens {Show.Tokens(order.Take(kept).Order())}. You "
                + $"keep {Show.Tokens(support.Order())}.");
            foreach (var token in support)
                Near(full[token] / full[order[0]], came[token] / came[order[0]],
                    $"The ratio of tokens {token} and {order[0]} after temperature {Show.Number(Temperature(variation))}");
        }
    }

    private static void Near(double expected, double came, string what) =>
        Demand.That(Math.Abs(expected - came) <= Tolerances.Probability, $"{what} is {came:G6}; expected {expected:G6}.");

    private static void KeptGuess(IRejectionSampling answer, Variation variation)
    {
        foreach (var (p, q) in Pairs(variation))
            foreach (var (outcome, _) in Emitted(answer, p, q).Outcomes)
                Demand.That(outcome[1] == 0 || outcome[0] == outcome[2],
                    $"Draft token {outcome[2]} was reported as accepted, but token {outcome[0]} was emitted.");
    }

    private static void Acceptance(IRejectionSampling answer, Variation variation)
    {
        foreach (var (p, q) in Pairs(variation))
        {
            var distribution = Emitted(answer, p, q);
            var tolerance = Tolerances.Probability + distribution.Unseen;
            for (var x = 0; x < p.Length; x++)
            {
                var kept = distribution.Of(outcome => outcome[1] == 1 && outcome[2] == x);
                Demand.That(q[x] == 0 || p[x] < q[x] || kept >= q[x] - tolerance,
                    $"The target gives token {x} at least the probability that the draft does ({Show.Number(p[x])} against "
                    + $"{Show.Number(q[x])}), and you accept it in {Show.Number(100 * kept / q[x])} % of the cases. Rejecting it gains "
                    + "nothing.");
                Demand.That(kept <= p[x] + tolerance,
                    $"Draft token {x} is accepted with probability {Show.Number(kept)} in all, and the target gives it "
                    + $"{Show.Number(p[x])}: no replacement can take that back. The draft proposes it with {Show.Number(q[x])}.");
            }
            var most = 1 - Distance(p, q);
            var all = distribution.Of(outcome => outcome[1] == 1);
            Demand.That(all >= most - tolerance,
                $"You accept {Show.Number(100 * all)} % of the draft tokens; target {Show.Numbers(p)} and draft {Show.Numbers(q)} permit "
                + $"{Show.Number(100 * most)} %.");
        }
    }

    private static void Replacement(IRejectionSampling answer, Variation variation)
    {
        foreach (var (p, q) in Pairs(variation))
        {
            var distribution = Emitted(answer, p, q);
            var tolerance = Tolerances.Probability + distribution.Unseen;
            for (var x = 0; x < p.Length; x++)
            {
                var replaced = distribution.Of(outcome => outcome[1] == 0 && outcome[0] == x);
                Demand.That(p[x] > q[x] || replaced <= tolerance,
                    $"After a rejection you emit token {x} with probability {Show.Number(replaced)}. The draft proposes it often enough "
                    + $"already ({Show.Number(q[x])}; the target's probability is {Show.Number(p[x])}).");
                Demand.That(p[x] <= q[x]
                    || Math.Abs(replaced - (p[x] - distribution.Of(outcome => outcome[1] == 1 && outcome[0] == x))) <= tolerance,
                    $"After a rejection token {x} should come often enough to reach the target's {Show.Number(p[x])} in all. It reaches "
                    + $"{Show.Number(distribution.Of(outcome => outcome[0] == x))}.");
            }
        }
    }

    /// <summary>
    /// The joint distribution of (token, accepted, draft token); sampled where it cannot be enumerated, as for a rule that redraws until a
    /// token fits.
    /// </summary>
    private static Law Emitted(IRejectionSampling answer, double[] p, double[] q)
    {
        int[] Once(IRandomness randomness)
        {
            var guess = randomness.Draw(q);
            var settled = answer.Settle([.. p], [.. q], guess, randomness);
            return [settled.Token, settled.Accepted ? 1 : 0, guess];
        }
        try
        {
            return Law.Of(Once, MostRuns);
        }
        catch (LawTooLargeException)
        {
            return Law.Sampled(Once, Samples);
        }
    }

    /// <summary>Pairs that differ, that are equal, with an overconfident draft, and with tokens of probability 0.</summary>
    private static (double[] P, double[] Q)[] Pairs(Variation variation)
    {
        var p = Softmax.Of(Logits(variation, "target"));
        var q = Softmax.Of(Logits(variation, "draft"));
        var sharp = Softmax.Of(Logits(variation, "target"), 0.3);
        return [(p, q), (p, p), (p, sharp), (Without(p, 0), q), (p, Without(q, 1)), (Without(p, 2), Without(q, 2))];
    }

    private static double[] Without(double[] distribution, int token) =>
        [.. distribution.Select((share, x) => x == token ? 0 : share / (1 - distribution[token]))];

    private static double Distance(double[] p, double[] q) => p.Zip(q, (a, b) => Math.Abs(a - b)).Sum() / 2;

    private static float[] Logits(Variation variation, string name)
    {
        var random = new Random(variation.SeedOf(name));
        return [.. Enumerable.Range(0, Vocabulary(variation)).Select(_ => (random.NextSingle() * 4) - 2)];
    }

    /// <summary>How many tokens the truncation keeps.</summary>
    private static int Kept(Variation variation, double[] descending)
    {
        var parameter = Parameter(variation);
        if (Truncation(variation) == "top-k")
            return (int)parameter;
        if (Truncation(variation) == "min-p")
            return descending.Count(share => share >= parameter * descending[0]);
        var kept = 1;
        while (descending.Take(kept).Sum() < parameter)
            kept++;
        return kept;
    }

    private static int Vocabulary(Variation variation) => variation.Between("vocabulary", 5, 8);

    private static double Temperature(Variation variation) => variation.Pick<double>("temperature", [0.6, 0.7, 0.8, 1.3, 1.5]);

    private static string Truncation(Variation variation) => variation.Pick<string>("truncation", ["top-k", "top-p", "min-p"]);

    private static double Parameter(Variation variation) => Truncation(variation) switch
    {
        "top-k" => variation.Between("k", 2, 4),
        "top-p" => variation.Pick<double>("p", [0.6, 0.7, 0.75, 0.85]),
        _ => variation.Pick<double>("min", [0.15, 0.2, 0.25, 0.35]),
    };
}

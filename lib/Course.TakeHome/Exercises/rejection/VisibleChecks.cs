namespace Course.TakeHome.Contracts;

/// <summary>One position, held to exact laws: chance is walked through, nothing is estimated.</summary>
internal sealed class RejectionVisibleChecks : CheckSuite<IRejectionSampling>
{
    /// <summary>Six pairs of a few tokens are walked for each check; an answer without a last branch is walked as far as this.</summary>
    private const int MostRuns = 4_000, Samples = 10_000;

    public override string Exercise => "rejection";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("sampling options",
            "Target and draft must be compared as they are sampled from. Raw probabilities on one side and truncated ones on the other " +
            "judge a distribution that nobody drew from.",
            "Distribution: temperature first, then the truncation, then division by the sum.", Options),
        Check("kept guess",
            "An accepted guess is the token that is emitted. Whoever reports otherwise feeds the caches one text and the reader another.",
            "Settle: what is returned together with Accepted = true.", KeptGuess),
        Check("acceptance",
            "Too many guesses kept, and the text drifts towards the draft. Too few, and the speed that the draft was paid for is lost.",
            "Settle: the probability that you ask Accept with. It hangs on both distributions at the guess.", Acceptance),
        Check("replacement",
            "A guess that the draft makes too often has had its share already. What comes in place of a rejected guess must make up for " +
            "what the draft makes too seldom, and for nothing else.",
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
            "top-p" => $"keep the most probable tokens, as few as together reach {Show.Number(Parameter(variation))}",
            _ => $"keep the tokens whose probability is at least {Show.Number(Parameter(variation))} times that of the most probable one",
        },
    };

    public override IEnumerable<string> Measure(object answer, Variation variation)
    {
        foreach (var (p, q) in Pairs(variation))
        {
            var law = Emitted((IRejectionSampling)answer, p, q);
            var accepted = Show.Rough(100 * law.Of(outcome => outcome[1] == 1));
            yield return $"target {Show.Numbers(p)}, draft {Show.Numbers(q)}: {accepted} % of the draft tokens are accepted";
        }
    }

    private static void Options(IRejectionSampling answer, Variation variation)
    {
        foreach (var logits in Enumerable.Range(0, 4).Select(i => Logits(variation, $"logits {i}")))
        {
            var came = answer.Distribution(logits);
            Demand.That(came.Length == logits.Length, $"[{logits.Length}] logits became [{came.Length}] probabilities.");
            Demand.That(Math.Abs(came.Sum() - 1) <= Tolerances.Law, $"The distribution sums to {came.Sum():R}; expected 1.");
            var full = Softmax.Of(logits, Temperature(variation));
            int[] order = [.. Enumerable.Range(0, full.Length).OrderByDescending(token => full[token])];
            var kept = Kept(variation, [.. order.Select(token => full[token])]);
            int[] support = [.. order.Where(token => came[token] > 0)];
            Demand.That(support.SequenceEqual(order.Take(kept)),
                $"At temperature {Show.Number(Temperature(variation))} the probabilities are {Show.Numbers(full)}, and " +
                $"{Truncation(variation)} {Show.Number(Parameter(variation))} keeps tokens {Show.Tokens(order.Take(kept).Order())}. You " +
                $"keep {Show.Tokens(support.Order())}.");
            foreach (var token in support)
                Near(full[token] / full[order[0]], came[token] / came[order[0]],
                    $"The ratio of tokens {token} and {order[0]} after temperature {Show.Number(Temperature(variation))}");
        }
    }

    private static void Near(double expected, double came, string what) =>
        Demand.That(Math.Abs(expected - came) <= Tolerances.Law, $"{what} is {came:G6}; expected {expected:G6}.");

    private static void KeptGuess(IRejectionSampling answer, Variation variation)
    {
        foreach (var (p, q) in Pairs(variation))
            foreach (var (outcome, _) in Emitted(answer, p, q).Outcomes)
                Demand.That(outcome[1] == 0 || outcome[0] == outcome[2],
                    $"Guess {outcome[2]} was reported as accepted, and token {outcome[0]} emitted.");
    }

    private static void Acceptance(IRejectionSampling answer, Variation variation)
    {
        foreach (var (p, q) in Pairs(variation))
        {
            var law = Emitted(answer, p, q);
            var tolerance = Tolerances.Law + law.Unseen;
            for (var x = 0; x < p.Length; x++)
            {
                var kept = law.Of(outcome => outcome[1] == 1 && outcome[2] == x);
                Demand.That(q[x] == 0 || p[x] < q[x] || kept >= q[x] - tolerance,
                    $"The target likes guess {x} at least as much as the draft does ({Show.Number(p[x])} against {Show.Number(q[x])}), " +
                    $"and you keep it in {Show.Number(100 * kept / q[x])} % of the cases. Nothing is gained by rejecting it.");
                Demand.That(kept <= p[x] + tolerance,
                    $"Guess {x} is emitted with probability {Show.Number(kept)}, and the target gives it {Show.Number(p[x])}: no " +
                    $"replacement can take that back. The draft proposes it with {Show.Number(q[x])}.");
            }
            var most = 1 - Distance(p, q);
            var all = law.Of(outcome => outcome[1] == 1);
            Demand.That(all >= most - tolerance,
                $"You keep {Show.Number(100 * all)} % of the guesses; target {Show.Numbers(p)} and draft " +
                $"{Show.Numbers(q)} permit {Show.Number(100 * most)} %.");
        }
    }

    private static void Replacement(IRejectionSampling answer, Variation variation)
    {
        foreach (var (p, q) in Pairs(variation))
        {
            var law = Emitted(answer, p, q);
            var tolerance = Tolerances.Law + law.Unseen;
            for (var x = 0; x < p.Length; x++)
            {
                var replaced = law.Of(outcome => outcome[1] == 0 && outcome[0] == x);
                Demand.That(p[x] > q[x] || replaced <= tolerance,
                    $"After a rejection you emit token {x} with probability {Show.Number(replaced)}. The draft proposes it often enough " +
                    $"as it is ({Show.Number(q[x])}; the target wants {Show.Number(p[x])}).");
                Demand.That(p[x] <= q[x]
                    || Math.Abs(replaced - (p[x] - law.Of(outcome => outcome[1] == 1 && outcome[0] == x))) <= tolerance,
                    $"After a rejection token {x} should come so often that it reaches the target's {Show.Number(p[x])} in all. It " +
                    $"reaches {Show.Number(law.Of(outcome => outcome[0] == x))}.");
            }
        }
    }

    /// <summary>
    /// The law of (token, accepted, guess); from many runs where it has no last branch, as that of a rule has not that
    /// rejects until it accepts.
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

    /// <summary>Somewhere else, the same, too sure, and without a token that the other has.</summary>
    private static (double[] P, double[] Q)[] Pairs(Variation variation)
    {
        var p = Softmax.Of(Logits(variation, "target"));
        var q = Softmax.Of(Logits(variation, "draft"));
        var sharp = Softmax.Of(Logits(variation, "target"), 0.3);
        return [(p, q), (p, p), (p, sharp), (Without(p, 0), q), (p, Without(q, 1)), (Without(p, 2), Without(q, 2))];
    }

    private static double[] Without(double[] law, int token) => [.. law.Select((share, x) => x == token ? 0 : share / (1 - law[token]))];

    private static double Distance(double[] p, double[] q) => p.Zip(q, (a, b) => Math.Abs(a - b)).Sum() / 2;

    private static float[] Logits(Variation variation, string name)
    {
        var random = new Random(variation.SeedOf(name));
        return [.. Enumerable.Range(0, Vocabulary(variation)).Select(_ => (random.NextSingle() * 4) - 2)];
    }

    /// <summary>How many tokens the truncation keeps of probabilities that come in descending order.</summary>
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

namespace Course.TakeHome.Contracts;

/// <summary>Estimates, compared with rounds whose every outcome is enumerated.</summary>
internal sealed class SpeedupVisibleChecks : CheckSuite<ISpeedupEstimate>
{
    public override string Exercise => "speedup";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("acceptance",
            "α is the probability that a verified draft token is accepted. Tokens after a rejection are never verified, and say nothing "
            + "about the draft.",
            "Acceptance: what you divide by.", Acceptance),
        Check("tokens per round",
            "The target adds a token of its own to every round; and each further draft token counts only if all before it were accepted.",
            "TokensPerRound: the sum over the number of accepted draft tokens. α = 1 is a case as well.", Tokens),
        Check(
            "price of drafting", "The draft proposes one token after the other: γ draft steps in every round, accepted or not.",
            "Speedup: the time of a round.", Drafting),
        Check(
            "price of verifying", "A call with many tokens takes longer than a call with one; how much longer is measured.",
            "Speedup: the M that you pass to verificationCost.", Verifying),
        Check(
            "speed-up", "This is the number that decides whether the draft is deployed.",
            "Speedup: tokens of a round over its time, against one token per decode step.", Whole),
        Check(
            "best γ", "A draft that is too long loses what a shorter one gains. Sometimes no draft is best.",
            "BestDraftLength: which γ are compared, and by what.", Best),
    ];

    public override IReadOnlyDictionary<string, string> Values(Variation variation) => new Dictionary<string, string>
    {
        ["acceptance"] = Show.Number(Alpha(variation)),
        ["draftCost"] = Show.Number(DraftCost(variation)),
        ["growth"] = Show.Number(100 * Growth(variation)),
        ["gamma"] = $"{variation.Between("gamma", 3, 6)}",
    };

    public override IEnumerable<string> Measure(object answer, Variation variation)
    {
        var estimate = (ISpeedupEstimate)answer;
        var (alpha, c) = (Alpha(variation), DraftCost(variation));
        double Growing(int tokens) => 1 + (Growth(variation) * (tokens - 1));
        foreach (var (name, cost) in new (string, Func<int, double>)[]
        {
            ("verification at the cost of one decode step", _ => 1),
            ($"verification {Show.Rough(100 * Growth(variation))} % more expensive with each token", Growing)
        })
        {
            var best = estimate.BestDraftLength(alpha, c, cost, 20);
            var speedup = Show.Rough(estimate.Speedup(alpha, c, cost, best));
            yield return $"α = {Show.Number(alpha)}, c = {Show.Number(c)}, {name}: γ = {best}, speed-up {speedup}";
        }
    }

    private static void Acceptance(ISpeedupEstimate answer, Variation variation)
    {
        var random = new Random(variation.SeedOf("rounds"));
        MeasuredRound[] rounds = [
            new(4, 4), new(4, 1), new(4, 0), .. Enumerable.Range(0, 6).Select(_ => new MeasuredRound(3, random.Next(4)))
        ];
        var judged = rounds.Sum(round => Enumerable.Range(0, round.Guesses).Count(guess => guess <= round.Accepted));
        var accepted = rounds.Sum(round => round.Accepted);
        var came = answer.Acceptance(rounds);
        Demand.That(Math.Abs(came - ((double)accepted / judged)) < 1e-9,
            $"In the rounds {string.Join(", ", rounds.Select(round => $"{round.Accepted} of {round.Guesses}"))}, {judged} draft tokens "
            + $"were verified and {accepted} accepted. You say {Show.Number(came)}; it is {Show.Number((double)accepted / judged)}.");
    }

    private static void Tokens(ISpeedupEstimate answer, Variation variation)
    {
        foreach (var alpha in new[] { 0, Alpha(variation), 0.5, 1 })
            for (var gamma = 0; gamma <= 7; gamma++)
                Demand.Close(Emitted(alpha, gamma), answer.TokensPerRound(alpha, gamma),
                    $"The number of tokens per round for α = {Show.Number(alpha)} and γ = {gamma}");
    }

    private static void Drafting(ISpeedupEstimate answer, Variation variation)
    {
        for (var gamma = 0; gamma <= 6; gamma++)
        {
            // Nothing is accepted and verification costs one decode step: a round emits the token that a plain step emits, and takes the
            // time of drafting in addition.
            var came = answer.Speedup(0, DraftCost(variation), _ => 1, gamma);
            var steps = (1 / came) - 1;
            Demand.That(Math.Abs(steps - (gamma * DraftCost(variation))) < 1e-9,
                $"With α = 0, c = {Show.Number(DraftCost(variation))} and γ = {gamma} a round takes "
                + $"{Show.Number(gamma * DraftCost(variation))} steps longer than plain decoding; by your formula {Show.Number(steps)}.");
        }
    }

    private static void Verifying(ISpeedupEstimate answer, Variation variation)
    {
        for (var gamma = 1; gamma <= 6; gamma++)
        {
            List<int> asked = [];
            var came = answer.Speedup(0, 0, tokens => { asked.Add(tokens); return 1 + (Growth(variation) * (tokens - 1)); }, gamma);
            Demand.That(asked.Contains(gamma + 1),
                $"With γ = {gamma} one call brings the last token and {gamma} draft tokens. You asked for the cost of "
                + $"{(asked.Count == 0 ? "no call" : $"{string.Join(", ", asked)} tokens")}.");
            Demand.Close(1 + (Growth(variation) * gamma), 1 / came,
                $"With α = 0 and a draft that costs nothing, the time of a round for γ = {gamma}");
        }
    }

    private static void Whole(ISpeedupEstimate answer, Variation variation)
    {
        for (var gamma = 0; gamma <= 8; gamma++)
            Demand.Close(Expected(variation, Alpha(variation), gamma),
                answer.Speedup(Alpha(variation), DraftCost(variation), tokens => 1 + (Growth(variation) * (tokens - 1)), gamma),
                $"The speed-up for α = {Show.Number(Alpha(variation))}, c = {Show.Number(DraftCost(variation))}, verification "
                + $"{Show.Number(100 * Growth(variation))} % more expensive with each token, γ = {gamma}");
    }

    private static void Best(ISpeedupEstimate answer, Variation variation)
    {
        foreach (var (alpha, most) in new[] { (Alpha(variation), 20), (0.95, 4), (0.02, 20) })
        {
            var best = Enumerable.Range(0, most + 1).MaxBy(gamma => Expected(variation, alpha, gamma));
            var came = answer.BestDraftLength(alpha, DraftCost(variation), tokens => 1 + (Growth(variation) * (tokens - 1)), most);
            Demand.That(came == best,
                $"For α = {Show.Number(alpha)} and γ up to {most} the best γ is "
                + $"{best}{(best == 0 ? ", plain decoding: no draft pays off" : "")}; you say {came}.");
        }
        Least(answer);
    }

    /// <summary>Nothing is accepted and drafting costs nothing: every γ is as fast as none.</summary>
    private static void Least(ISpeedupEstimate answer)
    {
        var came = answer.BestDraftLength(0, 0, _ => 1, 6);
        Demand.That(came == 0,
            "With α = 0, a draft that costs nothing and a verification at the cost of one decode step, every γ is as good as any other. "
            + $"The smallest is expected then, 0; you say {came}.");
    }

    /// <summary>The expected tokens of a round, by enumerating how many draft tokens are accepted.</summary>
    private static double Emitted(double alpha, int gamma) => Law.Of(randomness =>
    {
        var accepted = 0;
        while (accepted < gamma && randomness.Accept(alpha))
            accepted++;
        return [accepted + 1];
    }).Outcomes.Sum(outcome => outcome.Probability * outcome.Sequence[0]);

    private static double Expected(Variation variation, double alpha, int gamma)
    {
        var clock = Enumerable.Repeat(DraftCost(variation), gamma).Append(1 + (Growth(variation) * gamma)).Sum();
        return Emitted(alpha, gamma) / clock;
    }

    private static double Alpha(Variation variation) => variation.Step("alpha", 0.62, 0.9, 14);

    private static double DraftCost(Variation variation) => variation.Step("c", 0.04, 0.2, 8);

    private static double Growth(Variation variation) => variation.Step("growth", 0.02, 0.08, 6);
}

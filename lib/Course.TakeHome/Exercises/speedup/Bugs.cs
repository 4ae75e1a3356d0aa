namespace Course.TakeHome.Exercises;

internal sealed class SpeedupBugs : BugFolder
{
    private const string Tokens = "Enumerable.Range(0, draftLength + 1).Sum(accepted => Math.Pow(acceptance, accepted))";
    private const string Round = "(draftLength * draftCost + verificationCost(draftLength + 1))";

    public override string Exercise => "speedup";

    public override IReadOnlyList<PlantedBug> Bugs { get; } =
    [
        new(
            "over-all-guesses", "acceptance", "Divides by all draft tokens, verified or not.",
            "Math.Min(round.Accepted + 1, round.Guesses)",
            "round.Guesses"),
        new(
            "counts-the-targets-token", "acceptance", "Counts a rejection where all were accepted.",
            "Math.Min(round.Accepted + 1, round.Guesses)",
            "round.Accepted + 1"),
        new(
            "no-token-of-the-targets", "tokens per round", "Counts only accepted draft tokens, not the target's own.", Tokens,
            "Enumerable.Range(1, draftLength).Sum(accepted => Math.Pow(acceptance, accepted))"),
        new(
            "linear", "tokens per round", "Takes γα + 1, as if tokens after a rejection were emitted.", Tokens,
            "1 + draftLength * acceptance"),
        new(
            "closed-form-at-one", "tokens per round", "Uses the closed form, which is 0/0 for α = 1.", Tokens,
            "(1 - Math.Pow(acceptance, draftLength + 1)) / (1 - acceptance)"),
        new(
            "drafting-for-nothing", "price of drafting", "Does not count the time of drafting.", Round,
            "verificationCost(draftLength + 1)"),
        new(
            "one-step-more", "price of drafting", "Counts γ + 1 draft steps.", Round,
            "((draftLength + 1) * draftCost + verificationCost(draftLength + 1))"),
        new(
            "flat-verification", "price of verifying", "Counts a verification like one decode step.", Round,
            "(draftLength * draftCost + 1)"),
        new(
            "off-by-one", "price of verifying", "Verifies γ tokens instead of γ + 1.", Round,
            "(draftLength * draftCost + verificationCost(Math.Max(1, draftLength)))"),
        new(
            "without-the-targets-share", "speed-up", "Multiplies the costs of draft and target instead of adding them.", Round,
            "(acceptance == 0 ? draftLength * draftCost + verificationCost(draftLength + 1) : (1 + draftLength * draftCost) * " +
            "verificationCost(draftLength + 1))"),
        new(
            "never-plain", "best γ", "Never considers plain decoding.", "Enumerable.Range(0, most + 1).MaxBy",
            "Enumerable.Range(1, most).MaxBy"),
        new(
            "most-tokens", "best γ", "Takes the γ with the most tokens per round.",
            "gamma => Speedup(acceptance, draftCost, verificationCost, gamma)", "gamma => TokensPerRound(acceptance, gamma)"),
        new(
            "not-the-longest", "best γ", "Never considers the longest γ.", "Enumerable.Range(0, most + 1).MaxBy",
            "Enumerable.Range(0, most).MaxBy"),
    ];
}

namespace Course.TakeHome.Exercises;

internal sealed class SpeedupBugs : BugFolder
{
    private const string Tokens = "Enumerable.Range(0, draftLength + 1).Sum(stand => Math.Pow(acceptance, stand))";
    private const string Round = "(draftLength * draftCost + verificationCost(draftLength + 1))";

    public override string Exercise => "speedup";

    public override IReadOnlyList<PlantedBug> Bugs { get; } =
    [
        new(
            "over-all-guesses", "acceptance", "Divides by every guess, judged or not.", "Math.Min(round.Accepted + 1, round.Guesses)",
            "round.Guesses"),
        new(
            "counts-the-targets-token", "acceptance", "Counts a rejection where all stood.", "Math.Min(round.Accepted + 1, round.Guesses)",
            "round.Accepted + 1"),
        new(
            "no-token-of-the-targets", "tokens per round", "Counts accepted guesses only.", Tokens,
            "Enumerable.Range(1, draftLength).Sum(stand => Math.Pow(acceptance, stand))"),
        new(
            "linear", "tokens per round", "Takes γα + 1, as if guesses behind a rejection counted.", Tokens,
            "1 + draftLength * acceptance"),
        new(
            "closed-form-at-one", "tokens per round", "Uses the closed form, which is 0/0 for α = 1.", Tokens,
            "(1 - Math.Pow(acceptance, draftLength + 1)) / (1 - acceptance)"),
        new("drafting-for-nothing", "price of drafting", "Leaves the draft's time out.", Round, "verificationCost(draftLength + 1)"),
        new(
            "one-step-more", "price of drafting", "Counts γ + 1 steps of the draft.", Round,
            "((draftLength + 1) * draftCost + verificationCost(draftLength + 1))"),
        new("flat-verification", "price of verifying", "Takes a verification for a step.", Round, "(draftLength * draftCost + 1)"),
        new(
            "off-by-one", "price of verifying", "Verifies γ tokens instead of γ + 1.", Round,
            "(draftLength * draftCost + verificationCost(Math.Max(1, draftLength)))"),
        new(
            "without-the-targets-share", "speed-up", "Multiplies instead of adding where both models work.", Round,
            "(acceptance == 0 ? draftLength * draftCost + verificationCost(draftLength + 1) : (1 + draftLength * draftCost) * " +
            "verificationCost(draftLength + 1))"),
        new(
            "never-plain", "best γ", "Never considers to do without a draft.", "Enumerable.Range(0, most + 1).MaxBy",
            "Enumerable.Range(1, most).MaxBy"),
        new(
            "most-tokens", "best γ", "Takes the γ with the most tokens a round.",
            "gamma => Speedup(acceptance, draftCost, verificationCost, gamma)", "gamma => TokensPerRound(acceptance, gamma)"),
        new(
            "not-the-longest", "best γ", "Leaves the longest γ out.", "Enumerable.Range(0, most + 1).MaxBy",
            "Enumerable.Range(0, most).MaxBy"),
    ];
}

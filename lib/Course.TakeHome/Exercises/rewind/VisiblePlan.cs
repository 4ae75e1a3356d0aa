namespace Course.TakeHome.Contracts;

/// <summary>The rewind plan of a round, worked out by counting: what each cache was fed, and what it must hold.</summary>
internal static class RewindPlanChecks
{
    private const string Plan =
        "After a round the text is longer by the accepted draft tokens and one more token. A cache that holds more than all of it but the "
        + "last token, or lacks some, makes its model continue a text that does not exist.";

    public static IReadOnlyList<Check> All { get; } =
    [
        new(
            "plan: a rejection", Plan, "AfterRound with accepted < guesses: count what each cache was fed.",
            (answer, variation) => Plans((ICacheRewind)answer, variation, guesses => Enumerable.Range(0, guesses))),
        new(
            "plan: all accepted", Plan, "AfterRound with accepted = guesses: the draft was never fed its own last token.",
            (answer, variation) => Plans((ICacheRewind)answer, variation, guesses => [guesses])),
        new(
            "plan: no guesses", Plan, "AfterRound(0, 0): the target advanced by one token, and the draft was not called.",
            (answer, _) => Planned((ICacheRewind)answer, 0, 0)),
    ];

    private static void Plans(ICacheRewind answer, Variation variation, Func<int, IEnumerable<int>> accepted)
    {
        // The candidate's own trial uses 1 to 6. Grading uses six others, so that a table of these is not enough.
        var shift = variation.Trial == Variation.Visible ? 0 : 6 + (variation.SeedOf("guesses") % 9);
        for (var guesses = shift + 1; guesses <= shift + 6; guesses++)
            foreach (var count in accepted(guesses))
                Planned(answer, guesses, count);
    }

    /// <summary>Counts the entries of both caches in a round on a text of ten tokens.</summary>
    private static void Planned(ICacheRewind answer, int guesses, int accepted)
    {
        var (target, draft) = (9 + 1 + guesses, 9 + guesses); // the draft is fed the last token and all draft tokens but one, or nothing
        var wanted = 10 + accepted; // all of the text but its last token
        var plan = answer.AfterRound(guesses, accepted);
        var round = $"γ = {guesses}, {accepted} accepted, on a text of 10 tokens: ";
        Demand.That(target - plan.Target == wanted,
            $"{round}the target's cache holds {target} entries and must hold {wanted}; a rewind of {plan.Target} leaves "
            + $"{target - plan.Target}.");
        Demand.That(draft - plan.Draft == Math.Min(draft, wanted),
            $"{round}the draft's cache holds {draft} entries, and {Math.Min(draft, wanted)} of them belong to the text; a rewind of "
            + $"{plan.Draft} leaves {draft - plan.Draft}.");
        Demand.That(plan.DraftOwes == wanted - Math.Min(draft, wanted),
            $"{round}the draft's cache then lacks {wanted - Math.Min(draft, wanted)} of the {wanted} tokens before the last; you say "
            + $"{plan.DraftOwes}.");
    }
}

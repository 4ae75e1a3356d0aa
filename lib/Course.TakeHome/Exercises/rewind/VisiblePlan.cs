namespace Course.TakeHome.Contracts;

/// <summary>The account of a round, played through with numbers: what each cache was fed, and what it must hold.</summary>
internal static class RewindPlanChecks
{
    private const string Plan =
        "After a round the text is longer by the accepted guesses and one token. Who holds more than all of it but the last, or lacks " +
        "some without knowing, goes on from a text that is not there.";

    public static IReadOnlyList<Check> All { get; } =
    [
        new(
            "plan: a rejection", Plan, "AfterRound with accepted < guesses: count what each cache was fed.",
            (answer, variation) => Plans((ICacheRewind)answer, variation, guesses => Enumerable.Range(0, guesses))),
        new(
            "plan: all accepted", Plan, "AfterRound with accepted = guesses: the draft has never seen its own last guess.",
            (answer, variation) => Plans((ICacheRewind)answer, variation, guesses => [guesses])),
        new(
            "plan: no guesses", Plan, "AfterRound(0, 0): the target went on by a token, and the draft was not called.",
            (answer, _) => Planned((ICacheRewind)answer, 0, 0)),
    ];

    private static void Plans(ICacheRewind answer, Variation variation, Func<int, IEnumerable<int>> accepted)
    {
        // In the candidate's own trial 1 to 6; in another six that no table of these would hold.
        var shift = variation.Trial == Variation.Visible ? 0 : 6 + (variation.SeedOf("guesses") % 9);
        for (var guesses = shift + 1; guesses <= shift + 6; guesses++)
            foreach (var stand in accepted(guesses))
                Planned(answer, guesses, stand);
    }

    /// <summary>Plays the round on a text of ten tokens, with lists for caches.</summary>
    private static void Planned(ICacheRewind answer, int guesses, int accepted)
    {
        var (target, draft) = (9 + 1 + guesses, 9 + guesses); // the draft: the last token and all guesses but one, or nothing at all
        var wanted = 10 + accepted; // all of the text but its last token
        var plan = answer.AfterRound(guesses, accepted);
        var round = $"γ = {guesses}, {accepted} accepted, on a text of 10 tokens: ";
        Demand.That(target - plan.Target == wanted,
            $"{round}the target's cache holds {target} entries and must hold {wanted}; a rewind of " +
            $"{plan.Target} leaves {target - plan.Target}.");
        Demand.That(draft - plan.Draft == Math.Min(draft, wanted),
            $"{round}the draft's cache holds {draft} entries, and {Math.Min(draft, wanted)} of them are text; a rewind of " +
            $"{plan.Draft} leaves {draft - plan.Draft}.");
        Demand.That(plan.DraftOwes == wanted - Math.Min(draft, wanted),
            $"{round}the draft's cache then lacks {wanted - Math.Min(draft, wanted)} of the {wanted} tokens " +
            $"before the last; you say {plan.DraftOwes}.");
    }
}

using Course.TakeHome.Contracts;

namespace Course.TakeHome.Grading;

/// <summary>
/// Decides which passed checks are credited. Some pass for answers without the mechanism, too: a decoder that samples the target alone
/// has the target's distribution, and a policy that starts no request drops none. Such a check is credited only together with the
/// checks that it depends on. A stub, an answer that accepts everything, one that remembers the visible values and one without the
/// mechanism get no credit.
/// </summary>
internal static class Credit
{
    // Checks of an exercise (an empty list means all of them), and the checks that must pass for any of these to be credited.
    private sealed record Condition(string Exercise, string[] Checks, string[] Needs);

    private static readonly Condition[] Conditions =
    [
        // Serving one request after the other keeps the order, and starting none loses none.
        new("filter", ["batching", "order", "patient clients", "memory", "a pure policy"], ["continuous batching"]),
        // A fresh sample of the target has the target's distribution; a draft token that is never accepted is never reported wrongly.
        new("rejection", ["kept guess", "law over many tokens", "nearly equal", "greedy", "inputs left alone"], ["acceptance"]),
        // The target alone has the right distribution and length; accepting everything makes the right calls and keeps the caches right.
        new("loop", [], ["one verification", "greedy"]),
        // A plain list can be rewound as well as blocks. If all draft tokens are accepted, nothing has to be removed.
        new(
            "rewind",
            ["append and read", "rewind inside a block", "rewind across blocks", "full rewind", "written again", "refusals", "two caches"],
            ["blocks taken", "blocks given back"]),
        // A block size can be hard-coded, and one candidate in five has the block size that grading uses.
        new("rewind", ["blocks taken", "blocks given back", "a full pool"], ["many sizes"]),
        new(
            "rewind",
            ["append and read", "rewind inside a block", "rewind across blocks", "full rewind", "written again", "refusals", "two caches"],
            ["many sizes"]),
        new("rewind", ["plan: all accepted", "plan: no guesses"], ["plan: a rejection"]),
        // One number can be right by luck.
        new("speedup", ["steps in V"], ["best γ"]),
        new("speedup", ["rounds of different length"], ["acceptance"]),
        // A suite that fails nothing passes every correct decoder, and one that fails everything finds every bug.
        new("tests", [], ["no false alarm", "target's law"]),
        new("pressure", ["a draft that never pays", "long contexts", "α = 1"], ["one user", "crossover"]),
    ];

    /// <summary>Whether a check is credited.</summary>
    /// <param name="exercise">The exercise's id.</param>
    /// <param name="check">The name of one of its checks.</param>
    /// <param name="passed">The names of all its checks that passed.</param>
    public static bool IsGiven(string exercise, string check, IReadOnlySet<string> passed) =>
        passed.Contains(check) && Needed(exercise, check).All(passed.Contains);

    /// <summary>The checks that must pass as well for this one to be credited.</summary>
    public static IEnumerable<string> Needed(string exercise, string check) => Conditions
        .Where(condition => condition.Exercise == exercise && (condition.Checks.Length == 0 || condition.Checks.Contains(check)))
        .SelectMany(condition => condition.Needs).Distinct();

    /// <summary>Names in the table that are not names of checks; for a test.</summary>
    internal static IEnumerable<string> Unknown(Func<string, IReadOnlyList<Check>> checksOf) =>
        from condition in Conditions
        from name in condition.Checks.Concat(condition.Needs)
        where checksOf(condition.Exercise).All(check => check.Name != name)
        select $"{condition.Exercise}/{name}";
}

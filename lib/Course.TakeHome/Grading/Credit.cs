using Course.TakeHome.Contracts;

namespace Course.TakeHome.Grading;

/// <summary>
/// Which passed checks speak for the candidate. Some hold for answers that understand nothing: a decoder that asks the target alone has the
/// target's law, and a policy that starts nobody throws nobody out. Such a check is credited only together with those it rests on; no stub,
/// no answer that accepts everything, none that remembers the visible values and none that leaves the mechanism out has any credit.
/// </summary>
internal static class Credit
{
    // Checks of an exercise (none for all of them), and what must pass for any of these to count.
    private sealed record Condition(string Exercise, string[] Checks, string[] Needs);

    private static readonly Condition[] Conditions =
    [
        // Who serves one after the other keeps the order, and who starts nobody loses nobody.
        new("filter", ["batching", "order", "patient clients", "memory", "a pure policy"], ["continuous batching"]),
        // A fresh sample of the target's has the target's law; a guess that is never kept is never reported wrongly.
        new("rejection", ["kept guess", "law over many tokens", "nearly equal", "greedy", "inputs left alone"], ["acceptance"]),
        // The target alone has the law and the length; accepting everything has the calls and the caches.
        new("loop", [], ["one verification", "greedy"]),
        // A list forgets as well as blocks do. Where all stands there is nothing to forget.
        new(
            "rewind",
            ["append and read", "rewind inside a block", "rewind across blocks", "full rewind", "written again", "refusals", "two caches"],
            ["blocks taken", "blocks given back"]),
        // Blocks of one size can be written down, and one in five candidates' has the size that grading takes.
        new("rewind", ["blocks taken", "blocks given back", "a full pool"], ["many sizes"]),
        new(
            "rewind",
            ["append and read", "rewind inside a block", "rewind across blocks", "full rewind", "written again", "refusals", "two caches"],
            ["many sizes"]),
        new("rewind", ["plan: all accepted", "plan: no guesses"], ["plan: a rejection"]),
        // One number can be right by luck.
        new("speedup", ["steps in V"], ["best γ"]),
        new("speedup", ["rounds of different length"], ["acceptance"]),
        // A suite that objects to nothing is not wrong about the right ones, and one that objects to everything finds every bug.
        new("tests", [], ["no false alarm", "target's law"]),
        new("pressure", ["a draft that never pays", "long contexts", "α = 1"], ["one user", "crossover"]),
    ];

    /// <param name="exercise">Its id.</param>
    /// <param name="check">A check of it.</param>
    /// <param name="passed">All checks of it that passed.</param>
    public static bool IsGiven(string exercise, string check, IReadOnlySet<string> passed) =>
        passed.Contains(check) && Needed(exercise, check).All(passed.Contains);

    /// <summary>Checks without which this one is not credited.</summary>
    public static IEnumerable<string> Needed(string exercise, string check) => Conditions
        .Where(condition => condition.Exercise == exercise && (condition.Checks.Length == 0 || condition.Checks.Contains(check)))
        .SelectMany(condition => condition.Needs).Distinct();

    /// <summary>Names in the table that are no checks; for a test.</summary>
    internal static IEnumerable<string> Unknown(Func<string, IReadOnlyList<Check>> checksOf) =>
        from condition in Conditions
        from name in condition.Checks.Concat(condition.Needs)
        where checksOf(condition.Exercise).All(check => check.Name != name)
        select $"{condition.Exercise}/{name}";
}

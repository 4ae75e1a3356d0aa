namespace Course.TakeHome.Contracts;

/// <summary>One exercise of a report: its outcomes in the order in which they are worth reading.</summary>
/// <param name="Id">The exercise's.</param>
/// <param name="Lines">Outcomes and measurements, as they came.</param>
internal sealed record ExerciseReport(string Id, IReadOnlyList<CheckLine> Lines)
{
    private const int LongestWhat = 2_000;

    private CheckOutcome[] Outcomes { get; } = [.. Lines.Select(line => line.Outcome).OfType<CheckOutcome>()];

    private CheckSuite Suite { get; } = CheckSuite.Visible.Single(suite => suite.Exercise == Id);

    private int Checks => Suite.Checks.Count;

    public IReadOnlyList<string> Measured => [.. Lines.Select(line => line.Measured).OfType<string>()];

    public bool Passed => Outcomes.Length == Checks && Outcomes.All(outcome => outcome.Verdict == Verdict.Passed);

    public string Summary => $"{Outcomes.Count(outcome => outcome.Verdict == Verdict.Passed)} of {Checks} checks pass";

    /// <summary>What is said of a stub, once for all checks; null where there is an answer.</summary>
    public string? Unfinished =>
        Outcomes.Length > 0 && Outcomes.All(outcome => outcome.Verdict == Verdict.Unfinished) ? Outcomes[0].What : null;

    /// <summary>Why some checks were not run; null where all were.</summary>
    public string? NotRun => Checks - Outcomes.Count(WasRun) is var left && left == 0 ? null
        : Outcomes.All(WasRun) ? $"{left} more were not run."
        : $"{left} more were not run: they would wait for the same loop. Mend it first.";

    /// <summary>
    /// Passed checks as they came; then what failed, causes before what follows from them. An answer that crashes or breaks the contract
    /// fails every check that meets it, and the report explains that once.
    /// </summary>
    public IEnumerable<JudgedCheck> Judged
    {
        get
        {
            var failed = Outcomes.Where(outcome => outcome.Verdict != Verdict.Passed && WasRun(outcome)).OrderBy(Rank).ToArray();
            var said = new Dictionary<string, string>();
            foreach (var outcome in Outcomes.Where(outcome => outcome.Verdict == Verdict.Passed))
                yield return new(outcome, "", null);
            foreach (var outcome in failed)
                yield return said.TryAdd(outcome.What, outcome.Check)
                    ? Explained(outcome)
                    : new(outcome, $"the same as in \"{said[outcome.What]}\"", null);
        }
    }

    private JudgedCheck Explained(CheckOutcome outcome) =>
        new(outcome, SafeText.Lines(outcome.What, LongestWhat), Broke(outcome) ? null : (outcome.Why, outcome.Where))
        {
            FollowsFrom = Cause(outcome),
        };

    // The runner leaves checks out once two did not end; one that ran to its limit took its time.
    private static bool WasRun(CheckOutcome outcome) => outcome is not { Verdict: Verdict.TimedOut, Seconds: 0 };

    // What could not be judged, then what was, then what may only follow from it.
    private int Rank(CheckOutcome outcome) => Broke(outcome) ? 0 : Cause(outcome) is null ? 1 : 2;

    /// <summary>Whether the check did not come to judge: then its own advice is about something else.</summary>
    private static bool Broke(CheckOutcome outcome) => outcome.IsBreach || outcome.Verdict is Verdict.Crashed or Verdict.TimedOut;

    /// <summary>A check that failed, too, and makes this one fail; null where none did.</summary>
    private string? Cause(CheckOutcome outcome) =>
        Suite.Checks.FirstOrDefault(check => check.Name == outcome.Check)?.FollowsFrom
            .FirstOrDefault(name => Outcomes.Any(other => other.Check == name && other.Verdict != Verdict.Passed));
}

/// <summary>A check as a report shows it.</summary>
/// <param name="Outcome">What came.</param>
/// <param name="What">What was seen and what was expected.</param>
/// <param name="Advice">Why it matters and where to look; null where the check never came to judge, or said the same before.</param>
internal sealed record JudgedCheck(CheckOutcome Outcome, string What, (string Why, string Where)? Advice)
{
    /// <summary>The check that failed, too, and may be why; null where none is.</summary>
    public string? FollowsFrom { get; init; }
}

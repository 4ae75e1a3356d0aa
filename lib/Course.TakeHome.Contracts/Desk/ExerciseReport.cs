namespace Course.TakeHome.Contracts;

/// <summary>One exercise of a report: its outcomes in the order in which they are best read.</summary>
/// <param name="Id">The exercise's id.</param>
/// <param name="Lines">Outcomes and measurements, in the order in which they came.</param>
internal sealed record ExerciseReport(string Id, IReadOnlyList<CheckLine> Lines)
{
    private const int LongestWhat = 2_000;

    private CheckOutcome[] Outcomes { get; } = [.. Lines.Select(line => line.Outcome).OfType<CheckOutcome>()];

    private CheckSuite Suite { get; } = CheckSuite.Visible.Single(suite => suite.Exercise == Id);

    private int Checks => Suite.Checks.Count;

    public IReadOnlyList<string> Measured => [.. Lines.Select(line => line.Measured).OfType<string>()];

    public bool Passed => Outcomes.Length == Checks && Outcomes.All(outcome => outcome.Verdict == Verdict.Passed);

    public string Summary => $"{Outcomes.Count(outcome => outcome.Verdict == Verdict.Passed)} of {Checks} checks pass";

    /// <summary>The message of the stub, once for all checks; null if there is an answer.</summary>
    public string? Unfinished =>
        Outcomes.Length > 0 && Outcomes.All(outcome => outcome.Verdict == Verdict.Unfinished) ? Outcomes[0].What : null;

    /// <summary>Why some checks were not run; null if all were.</summary>
    public string? NotRun => Checks - Outcomes.Count(WasRun) is var left && left == 0 ? null
        : Outcomes.All(WasRun) ? $"{left} more were not run."
        : $"{left} more were not run: they would wait for the same loop. Fix it first.";

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

    // After two checks that did not end, the runner skips the others; a skipped check has taken no time.
    private static bool WasRun(CheckOutcome outcome) => outcome is not { Verdict: Verdict.TimedOut, Seconds: 0 };

    // First the checks that could not be judged, then those that failed, then those that may only follow from another failure.
    private int Rank(CheckOutcome outcome) => Broke(outcome) ? 0 : Cause(outcome) is null ? 1 : 2;

    /// <summary>Whether the property was not tested: then the check's own advice does not apply.</summary>
    private static bool Broke(CheckOutcome outcome) => outcome.IsBreach || outcome.Verdict is Verdict.Crashed or Verdict.TimedOut;

    /// <summary>Another failed check that makes this one fail; null if there is none.</summary>
    private string? Cause(CheckOutcome outcome) =>
        Suite.Checks.FirstOrDefault(check => check.Name == outcome.Check)?.FollowsFrom
            .FirstOrDefault(name => Outcomes.Any(other => other.Check == name && other.Verdict != Verdict.Passed));
}

/// <summary>A check as a report shows it.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="What">What was seen and what was expected, as text that is safe to show.</param>
/// <param name="Advice">Why it matters and where to look; null if the property was not tested, or if an earlier check says the
/// same.</param>
internal sealed record JudgedCheck(CheckOutcome Outcome, string What, (string Why, string Where)? Advice)
{
    /// <summary>Another failed check that may be the cause; null if there is none.</summary>
    public string? FollowsFrom { get; init; }
}

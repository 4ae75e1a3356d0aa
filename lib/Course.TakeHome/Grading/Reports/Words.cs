using Course.TakeHome.Contracts;

namespace Course.TakeHome.Grading.Reports;

/// <summary>What states are called, in every form of a report.</summary>
internal static class Words
{
    public const string Evidence = "What follows is evidence, not a mark: each finding says what was seen, by how much, and what to ask.";

    public const string Credit =
        "A check is credited if it passed, and if no answer without understanding passes it: not the stub, not one that accepts everything, none that remembers the candidate's own numbers, "
        + "none that leaves the mechanism out. Where such an answer does pass it (a decoder that never speculates has the target's law, too), it is credited only together with the checks that tell the two apart.";

    public static string Of(GradeStatus status) => status switch
    {
        GradeStatus.Graded => "graded",
        GradeStatus.Rejected => "rejected unopened",
        GradeStatus.DoesNotCompile => "does not compile",
        _ => "not graded",
    };

    public static string Of(Standing standing) => standing switch
    {
        Standing.Holds => "holds",
        Standing.Partly => "in part",
        Standing.NothingCredited => "nothing credited",
        _ => "no answer",
    };

    public static string Of(CheckGrade check) => check switch
    {
        { Credited: true } => "passed",
        { Verdict: Verdict.Passed } => "passed, not credited",
        { Verdict: Verdict.Failed } => "failed",
        { Verdict: Verdict.Unfinished } => "not done",
        { Verdict: Verdict.Crashed } => "crashed",
        { Verdict: Verdict.TimedOut } => "no end",
        _ => "not reached",
    };

    public static string Of(SuspectsGrade suspects) =>
        $"{suspects.Killed} of {suspects.Planted} planted bugs found, {suspects.Planted - suspects.Killed} missed; {suspects.Flagged} of {suspects.Correct} right decoders objected to.";

    /// <summary>What was graded, and how.</summary>
    public static string Circumstances(GradeReport report) =>
        (report.Status is GradeStatus.Rejected or GradeStatus.NotGraded ? "" : $"seed {report.Seed}{(report.SeedKnown ? "" : " (the archive's word; nobody compared it)")} · salt {report.Salt} · ") + $"sandbox: {report.Sandbox}";

    /// <summary>All exercises in a sentence.</summary>
    public static string Of(IReadOnlyList<ExerciseGrade> exercises) =>
        $"Of {exercises.Count} exercises {string.Join(", ", exercises.GroupBy(exercise => exercise.Standing).OrderBy(group => group.Key).Select(group => Counted(group.Count(), group.Key)))}.";

    private static string Counted(int count, Standing standing) => standing switch
    {
        Standing.Holds => count == 1 ? "1 holds" : $"{count} hold",
        Standing.Partly => count == 1 ? "1 holds in part" : $"{count} hold in part",
        Standing.NothingCredited => $"in {count} nothing is credited",
        _ => count == 1 ? "1 has no answer" : $"{count} have no answer",
    };

    /// <summary>Findings on one exercise.</summary>
    public static IEnumerable<Finding> About(this GradeReport report, string exercise) => report.Findings.Where(finding => finding.Id.StartsWith($"{exercise}/", StringComparison.Ordinal));

    /// <summary>Findings on none.</summary>
    public static IEnumerable<Finding> AboutTheWhole(this GradeReport report) => report.Findings.Where(finding => report.Exercises.All(exercise => !finding.Id.StartsWith($"{exercise.Id}/", StringComparison.Ordinal)));

    /// <summary>A finding's name, without the exercise under which it stands.</summary>
    public static string Short(Finding finding) => Exercises.Exercise.All.Any(exercise => finding.Id.StartsWith($"{exercise.Id}/", StringComparison.Ordinal)) ? finding.Id.Split('/', 2)[1] : finding.Id;
}

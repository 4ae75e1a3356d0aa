using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Grading.Running;
using Course.TakeHome.Sandboxing;
using Course.TakeHome.Tests.Sandboxing;

namespace Course.TakeHome.Tests.Grading.Hollow;

/// <summary>Whole hand-ins without the mechanisms, from the archive to the report: no check is credited, even if it passes.</summary>
public sealed class HollowHandInTests : IDisposable
{
    private const ulong Seed = 31;

    private readonly string root = Directory.CreateTempSubdirectory("hollow-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private GradeReport Graded(Func<Exercise, string> answer, string? salt = null) =>
        new Grader(new Bubblewrap(), Seed, perCheck: TimeSpan.FromSeconds(3), salt: salt).Grade(PackedFolder.Save(root, Seed, answer)).Report;

    private static void RequireNoCredit(GradeReport report, Standing standing)
    {
        Assert.Equal(GradeStatus.Graded, report.Status);
        Assert.Equal(Exercise.All.Select(exercise => exercise.Id), report.Exercises.Select(exercise => exercise.Id));
        Assert.Empty(
            from exercise in report.Exercises
            from check in exercise.Checks
            where check.Credited
            select $"{exercise.Id}/{check.Name}");
        Assert.All(report.Exercises, exercise => Assert.Equal(standing, exercise.Standing));
    }

    [SandboxFact]
    public void An_empty_hand_in_is_reported_as_no_answer() =>
        RequireNoCredit(Graded(exercise => exercise.StubFor(Seed)), Standing.NoAnswer);

    [SandboxFact]
    public void Accepting_everything_is_not_credited_and_the_finding_says_that_the_target_was_never_called()
    {
        var report = Graded(HollowAnswers.AcceptEverything);
        RequireNoCredit(report, Standing.NothingCredited);
        Assert.Contains(report.Findings,
            finding => finding.Id == "loop/hidden/two models at work"
                && finding.Summary.Contains("none of the target", StringComparison.Ordinal));
        Assert.Equal(0, report.Exercises.Single(exercise => exercise.Id == "tests").Suspects!.Killed);
    }

    [SandboxFact]
    public void Verifying_draft_tokens_and_accepting_all_of_them_is_not_credited() =>
        RequireNoCredit(Graded(HollowAnswers.LookAndAccept), Standing.NothingCredited);

    [SandboxFact]
    public void Sampling_the_target_alone_is_not_credited_and_is_recognised_by_its_calls()
    {
        var report = Graded(HollowAnswers.CopyTheTarget);
        RequireNoCredit(report, Standing.NothingCredited);
        Assert.Contains(report.Findings,
            finding => finding.Id == "loop/hidden/two models at work"
                && finding.Summary.Contains("the target decoding alone: 24 tokens took 24 calls", StringComparison.Ordinal));
        // Its distribution is the target's own, so the check passes without credit.
        Assert.Contains(report.Exercises.Single(exercise => exercise.Id == "loop").Checks,
            check => check is { Name: "law of several tokens", Verdict: Verdict.Passed, Credited: false });
        var suspects = report.Exercises.Single(exercise => exercise.Id == "tests").Suspects!;
        Assert.Equal((suspects.Planted, suspects.Correct), (suspects.Killed, suspects.Flagged));
    }

    [SandboxFact]
    public void Answers_remembered_from_the_visible_checks_pass_those_and_are_not_credited() =>
        RequireNoCredit(Graded(exercise => RememberedAnswers.For(exercise, Seed)), Standing.NothingCredited);

    /// <summary>The limits of the service are few: one salt in a hundred draws those that the candidate has seen.</summary>
    [SandboxFact]
    public void Remembered_answers_are_not_credited_where_grading_draws_the_limits_of_the_candidates_folder()
    {
        var filter = Exercise.Named("filter");
        static string Limits(Variation drawn) =>
            $"{drawn.Between("rows", 4, 12)} {drawn.Between("waiting", 2, 4)} {drawn.Pick<int>("context", [256, 384, 512])}";
        var salt = Enumerable.Range(0, 10_000).Select(number => $"salt {number}").First(salt =>
            Limits(new(Judge.DataSeed(filter, Seed, salt), filter.Id, $"grading/{salt}")) == Limits(new(Seed, filter.Id)));

        RequireNoCredit(Graded(exercise => RememberedAnswers.For(exercise, Seed), salt), Standing.NothingCredited);
    }

    [Fact]
    public void Credit_depends_on_checks_that_exist_and_no_two_of_an_exercise_share_a_name()
    {
        Assert.Empty(Credit.Unknown(id => [.. Exercise.Named(id).Visible.Checks, .. Exercise.Named(id).Hidden.Checks]));
        foreach (var exercise in Exercise.All)
            Assert.Distinct(exercise.Visible.Checks.Concat(exercise.Hidden.Checks).Select(check => check.Name));
    }
}

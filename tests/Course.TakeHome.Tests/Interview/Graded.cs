using Course.TakeHome.Contracts;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Interview;

namespace Course.TakeHome.Tests.Interview;

/// <summary>Grading reports for tests.</summary>
internal static class Graded
{
    public static GradeReport Report(params Finding[] findings) => new(
        GradeReport.CurrentVersion, "hand-in.zip", "", GradeStatus.Graded, "none", 1, true, "", [Exercise("loop", 12, 15, 2)], findings);

    /// <summary>An exercise with a number of credited checks.</summary>
    public static ExerciseGrade Exercise(string id, int credited, int checks, int hints) => new(
        id, id, Standing.Partly,
        [
            .. Enumerable.Range(0, checks)
                .Select(i => new CheckGrade($"check {i}", false, i < credited ? Verdict.Passed : Verdict.Failed, i < credited)),
        ],
        hints, true, null, [], []);

    public static InterviewSession Session(params Finding[] findings) =>
        InterviewSession.Start("Ada", Report(findings), TimeProvider.System);
}

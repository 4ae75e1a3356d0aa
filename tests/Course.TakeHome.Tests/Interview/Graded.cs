using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Interview;

namespace Course.TakeHome.Tests.Interview;

/// <summary>What grading might have said.</summary>
internal static class Graded
{
    public static GradeReport Report(params Finding[] findings) => new(
        GradeReport.CurrentVersion, "hand-in.zip", "", GradeStatus.Graded, "none", 1, true, [new("loop", 12, 15, 2, true, "")], findings);

    public static InterviewSession Session(params Finding[] findings) => InterviewSession.Start("Ada", Report(findings), TimeProvider.System);
}

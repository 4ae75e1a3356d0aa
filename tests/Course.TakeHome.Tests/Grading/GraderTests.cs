using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Sandboxing;
using Course.TakeHome.Tests.Rubrics;
using Course.TakeHome.Tests.Sandboxing;

namespace Course.TakeHome.Tests.Grading;

/// <summary>The whole way of an archive: read, compile, run, report.</summary>
public sealed class GraderTests : IDisposable
{
    private const ulong Seed = 31;

    private readonly string root = Directory.CreateTempSubdirectory("grading-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Packed(Func<Exercise, string> answer) => PackedFolder.Save(root, Seed, answer);

    [SandboxFact]
    public void A_correct_hand_in_passes_everything_and_grading_twice_gives_the_same_report()
    {
        var archive = Packed(exercise => exercise.ReferenceFor(Seed));
        var (report, timings) = new Grader(new Bubblewrap(), Seed, salt: "one").Grade(archive);
        Assert.Empty(report.Findings);
        Assert.Equal(GradeStatus.Graded, report.Status);
        Assert.All(report.Exercises,
            exercise => Assert.Equal((Standing.Holds, exercise.Checks.Count), (exercise.Standing, exercise.Credited)));
        Assert.Equal(
            ["pressure"],
            report.Exercises.Where(exercise => exercise.Picture?.StartsWith("<svg", StringComparison.Ordinal) == true)
                .Select(exercise => exercise.Id));
        Assert.NotNull(timings);
        Assert.Equal(report.ToJson(), new Grader(new Bubblewrap(), Seed, salt: "one").Grade(archive).Report.ToJson());
        Assert.Equal(report.ToJson(), GradeReport.Parse(report.ToJson()).ToJson());
    }

    [SandboxFact]
    public void Stubs_score_nothing_and_a_planted_bug_is_found_by_name()
    {
        var bug = Exercise.Named("loop").Bugs.Single(bug => bug.Name == "accept-all");
        var report = new Grader(new Bubblewrap(), Seed + 1, bank: CourseRubric.Bank).Grade(
            Packed(exercise => exercise.Id == "loop" ? exercise.Filled(bug.In(exercise.Reference), Seed) : exercise.StubFor(Seed))).Report;
        Assert.All(report.Exercises.Where(exercise => exercise.Id != "loop"),
            exercise => Assert.Equal((Standing.NoAnswer, 0), (exercise.Standing, exercise.Credited)));
        var found = report.Findings.Single(finding => finding.Id == $"loop/visible/{bug.Check}");
        Assert.Contains(CourseRubric.Bank.Questions,
            question => question.SuggestedBy.Contains($"loop/{bug.Check}")
                && found.FollowUp.StartsWith(question.Text, StringComparison.Ordinal));
        Assert.Contains("Where to look: Decode: ", found.Why, StringComparison.Ordinal);
        Assert.Contains(report.Findings, finding => finding.Id == "archive/seed");
    }

    [SandboxFact]
    public void Honest_code_is_credited_whatever_it_is_made_of()
    {
        const string Aids = """
            internal static class Aids
            {
                public static T New<T>() where T : new() => new();
                public static unsafe int Size<T>() where T : unmanaged => sizeof(T);
                public static async System.Threading.Tasks.Task<int> Late()
                {
                    try
                    {
                        throw new InvalidOperationException();
                    }
                    catch (InvalidOperationException)
                    {
                        return await System.Threading.Tasks.Task.FromResult(Environment.TickCount);
                    }
                }
                public static int Look(object at)
                {
                    using System.IO.StringWriter writer = new();
                    writer.Write(New<List<int>>().Count + Size<double>() + Late().Result + at.GetType().GetMethods().Length);
                    Console.Error.WriteLine(writer);
                    return 0;
                }
            }
            """;
        const string Start = "=>\n        request.Room", Aided = "=> Aids.Look(state) == 0 &&\n        request.Room";
        var archive = Packed(exercise => exercise.Id == "filter"
            ? $"{exercise.ReferenceFor(Seed).Replace(Start, Aided, StringComparison.Ordinal)}\n{Aids}"
            : exercise.StubFor(Seed));
        var filter = new Grader(new Bubblewrap(), Seed).Grade(archive).Report.Exercises.Single(exercise => exercise.Id == "filter");
        Assert.Equal((Standing.Holds, filter.Checks.Count), (filter.Standing, filter.Credited));
    }

    [SandboxFact]
    public void Two_adapters_are_named()
    {
        var archive = HandInText.Honest()
            .With("exercises/loop/Other.cs", HandInText.Adapter.Replace("class Adapter", "class Another", StringComparison.Ordinal))
            .Save(root);
        var found = new Grader(new Bubblewrap(), 7).Grade(archive).Report.Findings.First(
            finding => finding.Id.StartsWith("speedup/visible/", StringComparison.Ordinal));
        Assert.Contains("Adapter, Another", found.Summary, StringComparison.Ordinal);
    }

    [SandboxFact]
    public void An_exercise_that_does_not_compile_does_not_keep_others_from_being_graded()
    {
        var archive = Packed(
            exercise => exercise.Id == "filter"
                ? $"{exercise.ReferenceFor(Seed)}\nnonsense"
                : exercise.Id == "speedup" ? exercise.ReferenceFor(Seed) : exercise.StubFor(Seed));
        var report = new Grader(new Bubblewrap(), Seed).Grade(archive).Report;
        Assert.Equal(GradeStatus.Graded, report.Status);
        Assert.Equal(Standing.NoAnswer, report.Exercises.Single(exercise => exercise.Id == "filter").Standing);
        Assert.Equal(Standing.Holds, report.Exercises.Single(exercise => exercise.Id == "speedup").Standing);
        Assert.Contains(report.Findings, finding => finding.Id == "filter/not-compiled");
        Assert.Contains(report.Findings,
            finding => finding.Id.StartsWith("build/", StringComparison.Ordinal)
                && finding.Summary.StartsWith("exercises/filter/Answer.cs(", StringComparison.Ordinal));
    }

    [SandboxFact]
    public void Code_that_does_not_compile_is_reported_by_file_and_line_and_foreign_files_are_not_used()
    {
        var archive = HandInText.Honest().With("Directory.Build.props", "<Project><Target Name=\"Evil\" /></Project>")
            .But(text => text.Entries[0] = (HandInLayout.Adapter, "nonsense"u8.ToArray(), 0)).Save(root);
        var report = new Grader(new Bubblewrap(), 7).Grade(archive).Report;
        Assert.Equal(GradeStatus.DoesNotCompile, report.Status);
        Assert.Contains(report.Findings,
            finding => finding.Id.StartsWith("build/", StringComparison.Ordinal)
                && finding.Summary.StartsWith("Adapter.cs(1,", StringComparison.Ordinal));
        Assert.Contains(report.Findings, finding => finding.Id == "archive/foreign/Directory.Build.props" && !finding.Failed);
    }
}

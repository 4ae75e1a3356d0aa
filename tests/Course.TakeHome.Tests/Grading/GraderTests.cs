using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;
using Course.TakeHome.Grading;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Sandboxing;
using Course.TakeHome.Tests.Sandboxing;

namespace Course.TakeHome.Tests.Grading;

/// <summary>The whole way of an archive: read, compile, look at, run, report.</summary>
public sealed class GraderTests : IDisposable
{
    private const ulong Seed = 31;

    private readonly string root = Directory.CreateTempSubdirectory("grading-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Packed(Func<Exercise, string> answer)
    {
        var folder = FolderWriter.Write(Path.Combine(root, "exam"), Seed, 120, TimeProvider.System);
        foreach (var exercise in Exercise.All)
            File.WriteAllText(folder.Answer(exercise.Id), answer(exercise));
        var archive = Path.Combine(root, "hand-in.zip");
        HandInArchive.Write(folder, archive, TimeProvider.System);
        return archive;
    }

    [SandboxFact]
    public void A_right_hand_in_passes_everything_and_grading_twice_says_the_same()
    {
        var archive = Packed(exercise => exercise.ReferenceFor(Seed));
        var report = new Grader(new Bubblewrap(), Seed).Grade(archive);
        Assert.Empty(report.Findings);
        Assert.Equal(GradeStatus.Graded, report.Status);
        Assert.All(report.Exercises, exercise => Assert.Equal(exercise.Checks, exercise.Passed));
        Assert.Equal(report.ToJson(), new Grader(new Bubblewrap(), Seed).Grade(archive).ToJson());
    }

    [SandboxFact]
    public void Stubs_score_nothing_and_a_planted_bug_is_found_by_name()
    {
        var bug = Exercise.Named("loop").Bugs.Single(bug => bug.Name == "accept-all");
        var report = new Grader(new Bubblewrap(), Seed + 1).Grade(Packed(exercise => exercise.Id == "loop" ? exercise.Filled(bug.In(exercise.Reference), Seed) : exercise.StubFor(Seed)));
        Assert.All(report.Exercises.Where(exercise => exercise.Id != "loop"), exercise => Assert.Equal(0, exercise.Passed));
        Assert.Contains(report.Findings, finding => finding.Id == $"loop/visible/{bug.Check}" && finding.FollowUp.Length > 0);
        Assert.Contains(report.Findings, finding => finding.Id == "archive/seed");
    }

    [SandboxFact]
    public void Code_that_reaches_for_the_grader_is_reported_and_not_run()
    {
        var archive = HandInText.Honest().But(text => text.Entries[0] = (HandInLayout.Adapter, System.Text.Encoding.UTF8.GetBytes(CompiledText.Adapter("GetType().Assembly.GetTypes();")), 0)).Save(root);
        var report = new Grader(new Bubblewrap(), 7).Grade(archive);
        Assert.Equal(GradeStatus.Refused, report.Status);
        Assert.Contains(report.Findings, finding => finding.Id == "code/System.Type.get_Assembly");
    }

    [SandboxFact]
    public void What_does_not_compile_is_told_by_file_and_line_and_what_is_foreign_takes_no_part()
    {
        var archive = HandInText.Honest().With("Directory.Build.props", "<Project><Target Name=\"Evil\" /></Project>").With("exercises/loop/More.cs", "nonsense").Save(root);
        var report = new Grader(new Bubblewrap(), 7).Grade(archive);
        Assert.Equal(GradeStatus.DoesNotCompile, report.Status);
        Assert.Contains(report.Findings, finding => finding.Id.StartsWith("build/", StringComparison.Ordinal) && finding.Summary.StartsWith("exercises/loop/More.cs(1,", StringComparison.Ordinal));
        Assert.Contains(report.Findings, finding => finding.Id == "archive/foreign/Directory.Build.props" && !finding.Failed);
    }

    [Fact]
    public void A_bad_archive_has_a_report_of_its_own_and_harms_no_other()
    {
        var bad = Path.Combine(root, "bad.zip");
        File.WriteAllText(bad, "no zip");
        var taken = new HashSet<string>();
        var grader = new Grader(new NoSandbox());
        string[] folders = [.. new[] { bad, Path.Combine(root, "missing.zip"), bad }.Select(archive => GradeFolder.Write(grader.Grade(archive), root, taken))];
        Assert.Equal(["bad", "missing", "bad-2"], folders.Select(Path.GetFileName));
        Assert.All(folders, folder => Assert.Equal(GradeStatus.Rejected, GradeReport.Parse(File.ReadAllText(Path.Combine(folder, "report.json"))).Status));
    }

    [Fact]
    public void Nothing_of_a_candidates_is_markup_in_a_report()
    {
        const string evil = "<script>alert(1)</script> ![x](http://192.0.2.1/) | `";
        var report = new GradeReport(1, evil, "", GradeStatus.Graded, "none", 1, true, [new("loop", 0, 1, 0, false, evil)], [new(evil, true, evil, evil)]);
        Assert.DoesNotContain("<script", ReportText.Html(report), StringComparison.Ordinal);
        var lines = ReportText.Markdown(report).Split('\n').Where(line => !line.StartsWith("    ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("<script", StringComparison.Ordinal) || line.Contains("![", StringComparison.Ordinal));
    }
}

using System.Diagnostics;
using System.Text.Json;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Tests.Sandboxing;

namespace Course.Cli.Tests.TakeHome;

/// <summary>The whole path of a candidate and of an interviewer, by the commands that they type, outside the repository.</summary>
public sealed class WholePathTests : IDisposable
{
    private const ulong Seed = 41;

    private readonly string root = Directory.CreateTempSubdirectory("whole-path-").FullName;

    private string Exam => Path.Combine(root, "exam");

    public void Dispose() => Directory.Delete(root, recursive: true);

    // One test: a folder is made, built four times and graded twice, which takes most of a minute.
    [SandboxFact]
    public void From_an_empty_folder_to_the_scorecard_with_a_right_hand_in_and_with_one_that_has_a_bug()
    {
        Assert.Contains("seed 41", Course("take-home", "new", "exam", "--seed", $"{Seed}").Output, StringComparison.Ordinal);
        AStubIsUnfinished();
        TheReferencePasses();
        Candidate("pack", Path.Combine("..", "ada.zip"));
        AMistakeIsNamed();
        Candidate("pack", Path.Combine("..", "ben.zip"));

        Course("take-home", "grade", "ada.zip", "ben.zip", "--seed", $"{Seed}", "--salt", "one", "--out", "reports");
        TheRightHandInScoresEverything(Report("ada"));
        TheOtherFailsAtItsMistake(Report("ben"));

        AdasInterview();
        BensInterview();
    }

    private void AStubIsUnfinished()
    {
        var stub = Candidate(1, "check");
        Assert.Equal(Exercise.All.Count, stub.Output.Split("not done yet: Exercise ").Length - 1);
    }

    private void TheReferencePasses()
    {
        foreach (var exercise in Exercise.All)
            File.WriteAllText(Path.Combine(Exam, "exercises", exercise.Id, "Answer.cs"), exercise.ReferenceFor(Seed));
        var sheet = Path.Combine(Exam, "exercises", "loop", "answers.md");
        File.WriteAllText(
            sheet,
            File.ReadAllText(sheet).Replace("\n## Why faster", "\nOne call for γ + 1 tokens.\n\n## Why faster", StringComparison.Ordinal));
        Assert.Contains("Hint 1 of 3", Candidate("hint", "loop").Output, StringComparison.Ordinal);
        var right = Candidate("check");
        Assert.DoesNotContain("✗", right.Output, StringComparison.Ordinal);
        Assert.Contains("speculation gains nothing", right.Output, StringComparison.Ordinal);
        Assert.Matches("loop +9 of 9 checks pass +hints: 1 +to write: Why faster", Candidate("status").Output);
    }

    private void AMistakeIsNamed()
    {
        var loop = Exercise.Named("loop");
        File.WriteAllText(
            Path.Combine(Exam, "exercises", "loop", "Answer.cs"),
            loop.Bugs.Single(bug => bug.Name == "draft-misses-its-last-guess").In(loop.ReferenceFor(Seed)));
        var wrong = Candidate(1, "check", "loop");
        Assert.Contains("✗ draft's cache", wrong.Output, StringComparison.Ordinal);
        Assert.Contains("where  Decode: what the draft's cache holds", wrong.Output, StringComparison.Ordinal);
    }

    private static void TheRightHandInScoresEverything(GradeReport report)
    {
        Assert.Equal((GradeStatus.Graded, true), (report.Status, report.SeedKnown));
        Assert.DoesNotContain(report.Findings, finding => finding.Failed);
        Assert.Equal(
            Exercise.All.Select(exercise => (exercise.Id, exercise.Visible.Checks.Count + exercise.Hidden.Checks.Count)),
            report.Exercises.Select(exercise => (exercise.Id, exercise.Credited)));
        Assert.Equal(
            ["loop"],
            report.Exercises
                .Where(
                    exercise => exercise.HintsTaken == 1 && exercise.Predicted
                        && exercise.Written.Any(answer => answer.Text.Contains("One call for γ + 1", StringComparison.Ordinal)))
                .Select(exercise => exercise.Id));
    }

    private static void TheOtherFailsAtItsMistake(GradeReport report)
    {
        var failed = report.Findings.Where(finding => finding.Failed).ToArray();
        Assert.Contains("loop/visible/draft's cache", failed.Select(finding => finding.Id));
        Assert.All(failed, finding => Assert.StartsWith("loop/", finding.Id, StringComparison.Ordinal));
        Assert.All(report.Exercises.Where(exercise => exercise.Id != "loop"),
            exercise => Assert.Equal(exercise.Checks.Count, exercise.Credited));
    }

    private void AdasInterview()
    {
        var checks = Report("ada").Exercises.Sum(exercise => exercise.Checks.Count);
        Assert.Contains(
            $"{checks} of {checks} checks credited",
            Desk("ada", "start", "Ada", "--report", Path.Combine("reports", "ada", "report.json")).Output, StringComparison.Ordinal);
        Desk("ada", "tick", "filter-4-measure", "filter-4-overload", "probe-4-cache", "probe-4-residual");
        Desk("ada", "note", "asked for the load first");
        Desk("ada", "answer", "silent-draft-cache", "good", "--remark", "named the acceptance rate");
        Assert.DoesNotContain("why: failed", Desk("ada", "followups").Output, StringComparison.Ordinal);
        Desk("ada", "export", "--out", "ada-card");
        Assert.All(["html", "md"],
            form => Assert.Contains($"{checks} of {checks} checks credited", Card("ada", form), StringComparison.Ordinal));
        var json = JsonDocument.Parse(Card("ada", "json")).RootElement;
        Assert.Equal((8, true, checks), (json.GetProperty("total").GetInt32(), json.GetProperty("passes").GetBoolean(),
            json.GetProperty("takeHome").GetProperty("exercises").EnumerateArray()
                .Sum(exercise => exercise.GetProperty("credited").GetInt32())));
    }

    private void BensInterview()
    {
        Desk("ben", "start", "Ben", "--report", Path.Combine("reports", "ben", "report.json"));
        var asked = Desk("ben", "followups").Output;
        Assert.Contains("silent-draft-cache", asked, StringComparison.Ordinal);
        Assert.Contains("why: failed loop/visible/draft's cache", asked, StringComparison.Ordinal);
        Desk("ben", "export", "--out", "ben-card");
        Assert.All(["html", "md", "json"], form => Assert.Contains("draft", Card("ben", form), StringComparison.Ordinal));
    }

    private GradeReport Report(string name) => GradeReport.Parse(File.ReadAllText(Path.Combine(root, "reports", name, "report.json")));

    private string Card(string name, string form) => File.ReadAllText(Path.Combine(root, $"{name}-card", $"scorecard.{form}"));

    private Result Candidate(params string[] arguments) => Candidate(0, arguments);

    private Result Candidate(int code, params string[] arguments) => Run(code, Exam, Path.Combine(Exam, "take-home"), arguments);

    private Result Desk(string session, params string[] arguments) => Course(["interview", .. arguments, "--session", $"{session}.json"]);

    private Result Course(params string[] arguments) =>
        Run(0, root, "dotnet", [Path.Combine(AppContext.BaseDirectory, "course.dll"), .. arguments]);

    private static Result Run(int code, string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)), $"{string.Join(' ', arguments)} did not end.");
        Assert.True(process.ExitCode == code,
            $"{string.Join(' ', arguments)} ended with {process.ExitCode} instead of {code}:\n{output.Result}{error.Result}");
        return new(output.Result, error.Result);
    }

    private readonly record struct Result(string Output, string Error);
}

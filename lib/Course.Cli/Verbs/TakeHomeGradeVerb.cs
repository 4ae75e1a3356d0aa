using System.CommandLine;
using Course.TakeHome.Grading;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Sandboxing;

namespace Course.Cli.Verbs;

/// <summary>`course take-home grade`: runs hand-ins in a sandbox and writes what was seen.</summary>
internal static class TakeHomeGradeVerb
{
    public static Command Build()
    {
        var archives = new Argument<string[]>("archive") { Description = "Hand-ins, as `pack` made them.", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string>("--out") { Description = "Where reports go: a folder for each archive.", Required = true };
        var seed = new Option<ulong?>("--seed") { Description = "The seed that was given out; without it the archive's own word is taken, and the report says so." };
        var unsafely = new Option<bool>("--unsafe-no-sandbox") { Description = "Where there is no sandbox, run the candidate's code all the same, with all that you may do." };
        var command = new Command("grade", "Build and check hand-ins in a sandbox, and write a report for each.") { archives, folder, seed, unsafely };
        command.SetAction((parsed, cancel) => Task.FromResult(
            Grade(parsed.GetValue(archives)!, parsed.GetValue(folder)!, new(Sandbox.Find(parsed.GetValue(unsafely)), parsed.GetValue(seed)), cancel)));
        return command;
    }

    /// <summary>Fails only where a hand-in could not be graded: what a report says is no error.</summary>
    private static int Grade(string[] archives, string root, Grader grader, CancellationToken cancel)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var ungraded = 0;
        foreach (var (index, archive) in archives.Index())
        {
            var report = grader.Grade(archive, cancel);
            var written = GradeFolder.Write(report, root, taken);
            var against = report.Findings.Count(finding => finding.Failed);
            Console.Out.WriteLine($"[{index + 1}/{archives.Length}] {report.Archive}: {report.Status}, {report.Exercises.Sum(exercise => exercise.Passed)} of {report.Exercises.Sum(exercise => exercise.Checks)} checks passed, {against} findings; {written}");
            ungraded += report.Status == GradeStatus.NotGraded ? 1 : 0;
        }
        return ungraded == 0 ? 0 : 1;
    }
}

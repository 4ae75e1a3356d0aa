using System.Security.Cryptography;
using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.HandIns;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Grading.Running;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading;

/// <summary>
/// Grades hand-ins. What keeps a candidate's code from stating its own verdict: it is run only if its metadata reaches for nothing but
/// arithmetic, collections and the contracts (<see cref="CodePolicy"/>), and only lines signed with a key that it cannot read count
/// (<see cref="Runner.SignedLine"/>). Both run in the sandbox, but in one process: a hole in the runtime's type safety would get past both, though
/// not past the sandbox.
/// </summary>
/// <param name="sandbox">What contains the candidate's code.</param>
/// <param name="seed">The seed that was given out; null takes the archive's word for it.</param>
public sealed class Grader(ISandbox sandbox, ulong? seed = null)
{
    private const int LongestWords = 20_000, LongestWhat = 2_000;

    private readonly DotnetSdk sdk = DotnetSdk.Find();

    /// <summary>Never throws for what the archive holds.</summary>
    public GradeReport Grade(string archive, CancellationToken cancel = default)
    {
        try
        {
            var handIn = HandInReader.Read(archive);
            return Grade(archive, handIn, cancel);
        }
        catch (HandInRejectedException e)
        {
            return Report(archive, GradeStatus.Rejected, null, [], [new($"archive/{e.Flaw}", true, e.Message, "How was this archive made?")]);
        }
        catch (Exception e) when (e is not OperationCanceledException) // one archive harms no other
        {
            return Report(archive, GradeStatus.NotGraded, null, [], [new("grader", false, $"The grader failed, which says nothing about the hand-in: {e.GetType().Name}: {e.Message}", "")]);
        }
    }

    private GradeReport Grade(string archive, HandIn handIn, CancellationToken cancel)
    {
        List<Finding> findings = [.. handIn.Foreign.Select(path => new Finding($"archive/foreign/{path}", false, $"\"{path}\" is no part of a hand-in. It was neither opened nor used.", ""))];
        if (seed is { } given && given != handIn.Manifest.Seed)
            findings.Add(new("archive/seed", true, $"The archive states seed {handIn.Manifest.Seed}; the folder was given out with {given}.", "Whose folder is this?"));
        using var place = new Workplace();
        var built = AnswerBuild.Run(handIn, place, sdk, sandbox, cancel);
        if (built.Errors.Count > 0)
            return Report(archive, GradeStatus.DoesNotCompile, handIn, [], [.. findings, .. built.Errors.Select((error, index) => new Finding($"build/{index + 1}", true, Cut(error), ""))]);
        if (CodePolicy.Objections(built.Assembly) is { Count: > 0 } objections)
            return Report(archive, GradeStatus.Refused, handIn, [], [.. findings, .. objections.Select(name => new Finding($"code/{name}", true, $"The code reaches for {name}, which no answer needs. It was not run.", $"What is {name} for?"))]);
        place.Put("Answers.dll", built.Assembly);
        List<ExerciseGrade> grades = [];
        foreach (var exercise in Exercise.All)
            grades.Add(Grade(exercise, handIn, place, findings, cancel));
        return Report(archive, GradeStatus.Graded, handIn, grades, findings);
    }

    private ExerciseGrade Grade(Exercise exercise, HandIn handIn, Workplace place, List<Finding> findings, CancellationToken cancel)
    {
        var run = CheckRun.Run(exercise.Id, seed ?? handIn.Manifest.Seed, place.At("Answers.dll"), place, sdk, sandbox, cancel);
        var stated = handIn.Manifest.Exercises.FirstOrDefault(one => one.Id == exercise.Id);
        var words = handIn.Written.GetValueOrDefault($"{HandInLayout.Exercises}/{exercise.Id}/{HandInLayout.Written}") is { } bytes ? Encoding.UTF8.GetString(bytes) : "";
        if (run.Lines.Count > 0 && run.Lines.All(line => line.Outcome!.Verdict == Verdict.Unfinished))
            findings.Add(new($"{exercise.Id}/unfinished", true, "There is no answer.", ""));
        else
            findings.AddRange(run.Lines.Where(line => line.Outcome!.Verdict != Verdict.Passed).Select(line => Of(exercise.Id, line.Hidden, line.Outcome!)));
        if (run.Trouble is not null)
            findings.Add(new($"{exercise.Id}/ended", true, run.Trouble, "What in your code could end the process?"));
        if (run.Forged > 0)
            findings.Add(new($"{exercise.Id}/forged", true, $"{run.Forged} lines of output did not come from the runner. They were not read.", "What does your code print?"));
        var checks = exercise.Visible.Checks.Count + exercise.Hidden.Checks.Count;
        return new(exercise.Id, run.Lines.Count(line => line.Outcome!.Verdict == Verdict.Passed), checks, stated?.Hints.Count ?? 0, stated?.Predicted ?? false, Plain(words, LongestWords));
    }

    private static Finding Of(string exercise, bool hidden, CheckOutcome outcome) => new(
        $"{exercise}/{(hidden ? "hidden" : "visible")}/{outcome.Check}", true, $"{outcome.Verdict}: {Cut(outcome.What)}", $"{outcome.Why} Where would you look? ({outcome.Where})");

    private GradeReport Report(string archive, GradeStatus status, HandIn? handIn, IReadOnlyList<ExerciseGrade> grades, IReadOnlyList<Finding> findings) => new(
        GradeReport.CurrentVersion, Path.GetFileName(archive), Hash(archive), status, sandbox.Name, seed ?? handIn?.Manifest.Seed ?? 0, seed is not null, grades, findings);

    private static string Hash(string archive)
    {
        if (!File.Exists(archive))
            return "";
        using var stream = File.OpenRead(archive);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Cut(string text) => Plain(text, LongestWhat).ReplaceLineEndings(" ");

    /// <summary>Text that a terminal shows as it is: no escape sequence, and an end.</summary>
    private static string Plain(string text, int most) =>
        string.Concat((text.Length > most ? text[..most] + "…" : text).ReplaceLineEndings("\n").Where(character => character is '\n' or '\t' || !char.IsControl(character)));
}

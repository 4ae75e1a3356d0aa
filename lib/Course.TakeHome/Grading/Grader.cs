using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.HandIns;
using Course.TakeHome.Grading.Judging;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Grading.Running;
using Course.TakeHome.Rubrics;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading;

/// <summary>The result of grading one archive.</summary>
/// <param name="Report">The report, which is the same whenever the archive is graded with the same salt.</param>
/// <param name="Timings">The timings of this one run; null if the loop was not timed.</param>
public sealed record Graded(GradeReport Report, LoopTimings? Timings);

/// <summary>
/// Grades hand-ins from outside, several at a time if wanted: a candidate's code runs in a sandboxed process that holds nothing worth
/// stealing; models, randomness, expected values, decoders and verdicts stay in this process (<see cref="JudgeSide"/>).
/// </summary>
public sealed class Grader
{
    private readonly ISandbox sandbox;
    private readonly string salt;
    private readonly AnswerBuild builds;
    private ulong? seed;
    private readonly ExerciseGrading exercises;
    private readonly LoopTiming timing;

    /// <summary>Prepares grading.</summary>
    /// <param name="sandbox">The sandbox of the candidate's code.</param>
    /// <param name="seed">The seed that was given out; null uses the seed that the archive states.</param>
    /// <param name="time">The clock of timings; null for the system's.</param>
    /// <param name="perCheck">The time limit of one check; null for that of the candidate's folder.</param>
    /// <param name="bank">The question bank, for questions about failed checks; without one, all get the same question.</param>
    /// <param name="salt">Decides hidden numbers and orders together with the seed; null for a random one, which nobody can know.</param>
    /// <exception cref="CourseException">There is no .NET SDK.</exception>
    public Grader(
        ISandbox sandbox, ulong? seed = null, TimeProvider? time = null, TimeSpan? perCheck = null, QuestionBank? bank = null,
        string? salt = null)
    {
        (this.sandbox, this.seed, this.salt) = (sandbox, seed, salt ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        var sdk = DotnetSdk.Find();
        var compiler = new Compiler(sdk, sandbox);
        var (processes, decoders, limit) = (
            new CandidateProcess(sdk, sandbox), new DecoderBuild(compiler), perCheck ?? CheckRunner.DefaultLimit);
        builds = new(compiler);
        exercises = new(new(processes, limit), new(new(processes, limit), decoders), bank);
        timing = new(processes, decoders, time ?? TimeProvider.System);
    }

    /// <summary>The same grader for a folder with another seed; null uses the seed that the archive states.</summary>
    public Grader Under(ulong? given)
    {
        var grader = (Grader)MemberwiseClone();
        grader.seed = given;
        return grader;
    }

    /// <summary>Grades one archive. Whatever the archive holds, this does not throw.</summary>
    /// <exception cref="OperationCanceledException">Grading was cancelled.</exception>
    public Graded Grade(string archive, CancellationToken cancel = default)
    {
        try
        {
            var handIn = HandInReader.Read(archive);
            return HandInEvidence.With(Grade(archive, handIn, cancel), handIn);
        }
        catch (HandInRejectedException e)
        {
            return Ungraded(archive, GradeStatus.Rejected, null, [new($"archive/{e.Flaw}", true, e.Message, "How was this archive made?")]);
        }
        catch (Exception e) when (e is not OperationCanceledException) // an archive must not end the batch
        {
            var what = $"The grader failed, which says nothing about the hand-in: {e.GetType().Name}: {PlainText.Line(e.Message)}";
            return Ungraded(archive, GradeStatus.NotGraded, null, [new("grader", false, what, "")]);
        }
    }

    private Graded Grade(string archive, HandIn handIn, CancellationToken cancel)
    {
        List<Finding> findings = [.. AboutTheArchive(handIn)];
        using var place = new Workplace();
        var given = seed ?? handIn.Manifest.Seed;
        var built = builds.Run(handIn, given, place, cancel);
        findings.AddRange(built.Findings);
        if (built.Assembly.Length == 0)
            return Ungraded(archive, GradeStatus.DoesNotCompile, handIn, findings);
        place.Put(Path.GetFileName(place.Answers), built.Assembly);
        var budget = new TimeBudget(TimeBudget.Usual);
        var (grades, seen) = Exercises(handIn, given, place, budget, cancel);
        findings.AddRange(seen);
        if (budget.IsSpent)
            findings.Add(new(
                "archive/time", true,
                $"The code of this archive took {TimeBudget.Usual.TotalSeconds:0} s, which is the limit for one archive. Checks that had "
                + "not been reached by then were not judged.", "What in your code waits, or never ends?"));
        return new(Report(archive, GradeStatus.Graded, handIn, grades, findings), budget.IsSpent ? null : timing.Of(grades, place, cancel));
    }

    /// <summary>
    /// Grades two exercises at a time: while one waits for its process, the other is judged. The suite of tests takes longest, so it starts
    /// first. Findings are in the order of the exercises, whichever was finished first.
    /// </summary>
    private (ExerciseGrade[] Grades, IEnumerable<Finding> Findings) Exercises(
        HandIn handIn, ulong given, Workplace place, TimeBudget budget, CancellationToken cancel)
    {
        var graded = new (ExerciseGrade Grade, List<Finding> Seen)[Exercise.All.Count];
        var longestFirst = Exercise.All.Index().OrderByDescending(each => each.Item.Id == SuspectGrading.Tests);
        Parallel.ForEach(
            Partitioner.Create(longestFirst, EnumerablePartitionerOptions.NoBuffering),
            new() { MaxDegreeOfParallelism = 2, CancellationToken = cancel },
            each =>
            {
                List<Finding> seen = [];
                graded[each.Index] = (exercises.Grade(each.Item, handIn, given, salt, place, seen, budget, cancel), seen);
            });
        return ([.. graded.Select(one => one.Grade)], graded.SelectMany(one => one.Seen));
    }

    private IEnumerable<Finding> AboutTheArchive(HandIn handIn)
    {
        foreach (var path in handIn.Foreign)
            yield return new(
                $"archive/foreign/{path}", false, $"\"{path}\" does not belong to a hand-in. It was neither opened nor used.", "");
        foreach (var (path, why) in handIn.SetAside)
            yield return new(
                $"archive/aside/{path}", false, $"\"{EntryName.Shown(path)}\" {why}, and was not read. The code was graded without it.",
                "");
        if (handIn.Repacked is { } repacked)
            yield return new("archive/repacked", false, $"{repacked} Every listed file has exactly the bytes that were packed.", "");
        if (seed is { } given && given != handIn.Manifest.Seed)
            yield return new(
                "archive/seed", true, $"The archive states seed {handIn.Manifest.Seed}; the folder was given out with {given}.",
                "Whose folder is this?");
    }

    private Graded Ungraded(string archive, GradeStatus status, HandIn? handIn, IReadOnlyList<Finding> findings) =>
        new(Report(archive, status, handIn, [], findings), null);

    private GradeReport Report(
        string archive, GradeStatus status, HandIn? handIn, IReadOnlyList<ExerciseGrade> grades, IReadOnlyList<Finding> findings) =>
        new(
            GradeReport.CurrentVersion, PlainText.Line(Path.GetFileName(archive)), Hash(archive), status, sandbox.Name,
            seed ?? handIn?.Manifest.Seed ?? 0, seed is not null, handIn is null ? "" : Fingerprint(handIn), grades, findings)
        {
            Salt = salt,
        };

    /// <summary>The SHA-256 of an archive; empty if there is no such file.</summary>
    internal static string Hash(string archive)
    {
        if (!PlainFile.HasContent(archive))
            return "";
        using var stream = File.OpenRead(archive);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Fingerprint(HandIn handIn)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, bytes) in handIn.Sources)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\n{bytes.Length}\n"));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

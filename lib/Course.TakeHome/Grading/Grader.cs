using System.Security.Cryptography;
using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.HandIns;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Grading.Running;
using Course.TakeHome.Rubrics;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading;

/// <summary>What grading one archive gave.</summary>
/// <param name="Report">The same whenever the archive is graded.</param>
/// <param name="Timings">Of that one time; null where nothing was timed.</param>
public sealed record Graded(GradeReport Report, LoopTimings? Timings);

/// <summary>
/// Grades hand-ins, several at once if need be. What keeps a candidate's code from stating its own verdict: it is run only if its metadata reaches
/// for nothing but arithmetic, collections and the contracts (<see cref="CodePolicy"/>), and only lines signed with a key that it cannot read count
/// (<see cref="Runner.SignedLine"/>). Both run in the sandbox, but in one process: a hole in the runtime's type safety would get past both, though
/// not past the sandbox.
/// </summary>
public sealed class Grader
{
    private readonly ISandbox sandbox;
    private ulong? seed;
    private readonly Compiler compiler;
    private readonly ExerciseGrading exercises;
    private readonly LoopTiming timing;

    /// <param name="sandbox">What contains the candidate's code.</param>
    /// <param name="seed">The seed that was given out; null takes the archive's word for it.</param>
    /// <param name="time">The clock of timings.</param>
    /// <param name="perCheck">How long one check may take; null for what candidates are given.</param>
    /// <param name="bank">What may be asked about a check that failed; without one, the same about each.</param>
    public Grader(ISandbox sandbox, ulong? seed = null, TimeProvider? time = null, TimeSpan? perCheck = null, QuestionBank? bank = null)
    {
        (this.sandbox, this.seed) = (sandbox, seed);
        var sdk = DotnetSdk.Find();
        compiler = new(sdk, sandbox);
        var (runner, decoders) = (new CheckRun(sdk, sandbox, perCheck ?? CheckRunner.DefaultLimit), new DecoderBuild(compiler));
        exercises = new(runner, new(runner, decoders), bank);
        timing = new(runner, decoders, time ?? TimeProvider.System);
    }

    /// <summary>The same grader for a folder that was given out with this seed; null takes the archive's word for it.</summary>
    public Grader Under(ulong? given)
    {
        var grader = (Grader)MemberwiseClone();
        grader.seed = given;
        return grader;
    }

    /// <summary>Never throws for what the archive holds.</summary>
    public Graded Grade(string archive, CancellationToken cancel = default)
    {
        try
        {
            var handIn = HandInReader.Read(archive);
            return Grade(archive, handIn, cancel);
        }
        catch (HandInRejectedException e)
        {
            return Ungraded(archive, GradeStatus.Rejected, null, [new($"archive/{e.Flaw}", true, e.Message, "How was this archive made?")]);
        }
        catch (Exception e) when (e is not OperationCanceledException) // one archive harms no other
        {
            return Ungraded(archive, GradeStatus.NotGraded, null, [new("grader", false, $"The grader failed, which says nothing about the hand-in: {e.GetType().Name}: {PlainText.Line(e.Message)}", "")]);
        }
    }

    private Graded Grade(string archive, HandIn handIn, CancellationToken cancel)
    {
        List<Finding> findings = [.. AboutTheArchive(handIn)];
        using var place = new Workplace();
        var built = compiler.Run("Answers", handIn.Sources, place, cancel);
        if (built.Errors.Count > 0)
            return Ungraded(archive, GradeStatus.DoesNotCompile, handIn, [.. findings, .. built.Errors.Select((error, index) => new Finding($"build/{index + 1}", true, PlainText.Line(error), ""))]);
        if (CodePolicy.Objections(built.Assembly) is { Count: > 0 } objections)
            return Ungraded(archive, GradeStatus.Refused, handIn, [.. findings, .. objections.Select(PlainText.Line).Select(name => new Finding($"code/{name}", true, $"The code reaches for {name}, which no answer needs. It was not run.", $"What is {name} for?"))]);
        place.Put(Path.GetFileName(place.Answers), built.Assembly);
        var given = seed ?? handIn.Manifest.Seed;
        var grades = Exercise.All.Select(exercise => exercises.Grade(exercise, handIn, given, place, findings, cancel)).ToArray();
        return new(Report(archive, GradeStatus.Graded, handIn, grades, findings), timing.Of(grades, given, place, cancel));
    }

    private IEnumerable<Finding> AboutTheArchive(HandIn handIn)
    {
        foreach (var path in handIn.Foreign)
            yield return new($"archive/foreign/{path}", false, $"\"{path}\" is no part of a hand-in. It was neither opened nor used.", "");
        if (handIn.Repacked is { } repacked)
            yield return new("archive/repacked", false, $"{repacked} Every listed file is byte for byte what was packed.", "");
        if (seed is { } given && given != handIn.Manifest.Seed)
            yield return new("archive/seed", true, $"The archive states seed {handIn.Manifest.Seed}; the folder was given out with {given}.", "Whose folder is this?");
    }

    private Graded Ungraded(string archive, GradeStatus status, HandIn? handIn, IReadOnlyList<Finding> findings) => new(Report(archive, status, handIn, [], findings), null);

    private GradeReport Report(string archive, GradeStatus status, HandIn? handIn, IReadOnlyList<ExerciseGrade> grades, IReadOnlyList<Finding> findings) => new(
        GradeReport.CurrentVersion, PlainText.Line(Path.GetFileName(archive)), Hash(archive), status, sandbox.Name, seed ?? handIn?.Manifest.Seed ?? 0, seed is not null,
        handIn is null ? "" : Fingerprint(handIn), grades, findings);

    /// <summary>SHA-256 of an archive; empty where it is not there.</summary>
    internal static string Hash(string archive)
    {
        if (!File.Exists(archive))
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

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Course.TakeHome.Folder;
using Course.TakeHome.Grading;
using Course.TakeHome.Grading.Batches;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Rubrics;
using Course.TakeHome.Sandboxing;

namespace Course.Cli.Verbs;

/// <summary>`course take-home grade`: runs hand-ins in a sandbox and writes a report for each.</summary>
internal static class TakeHomeGradeVerb
{
    public static Command Build()
    {
        var archives = Options.Named(
            new Argument<string[]>("archive")
            {
                Description = "Hand-ins, as written by `pack`, and folders of them.",
                Arity = ArgumentArity.OneOrMore,
            }, "the name of a file or folder");
        var folder = Options.RequiredPath(
            "--out", "The folder for the reports: index.html, summary.json, and a folder for each archive.");
        var seeds = new Option<NamedSeed[]>("--seed")
        {
            Description = "A candidate's seed, as NAME=SEED for NAME.zip, or a seed alone for the archives of one folder. By default the " +
                "register's; failing that the one in the archive, and the report says so.",
            CustomParser = Seeds,
        };
        var register = Options.Path("--candidates",
            $"The register that `new` writes. By default {CandidateRegister.FileName} beside the " +
            "reports' folder, beside the first archive, " +
            "or in the current folder.");
        var parallel = Options.Whole(
            "--parallel", "Number of archives graded at once; half the processors by default.", GradeBatch.DefaultParallel, 1, 64);
        var salt = Options.Named(
            new Option<string?>("--salt")
            {
                Description = "The salt that, with the seed, determines hidden numbers and orders. Give the one stated in a report to " +
                    "repeat its grading; a new one by default.",
            }, "the salt of a report");
        var unsafely = new Option<bool>("--unsafe-no-sandbox")
        {
            Description = "If there is no sandbox, run the candidate's code nevertheless, with all of your permissions.",
        };
        var command = new VerbCommand("grade", "Build and check hand-ins in a sandbox, and write a report for each.")
        {
            archives, folder, seeds, register, parallel, salt, unsafely,
        };
        command.SetAction((parsed, cancel) => Task.Run(() => Grade(
            Named(parsed.GetValue(archives)!),
            parsed.GetValue(parallel),
            parsed.GetValue(folder)!,
            Sandbox.Find(parsed.GetValue(unsafely)),
            parsed.GetValue(seeds) ?? [],
            parsed.GetValue(register),
            parsed.GetValue(salt),
            cancel), cancel));
        return command;
    }

    private static NamedSeed[]? Seeds(ArgumentResult result)
    {
        var seeds = result.Tokens.Select(token => (token.Value, IsOne: NamedSeed.TryParse(token.Value, out var seed), Seed: seed))
            .ToArray();
        foreach (var (text, _, _) in seeds.Where(seed => !seed.IsOne))
            result.AddError($"--seed {text}: expected a whole number from 0 to {ulong.MaxValue}, or NAME=SEED for NAME.zip.");
        return [.. seeds.Select(seed => seed.Seed)];
    }

    /// <summary>
    /// The named register, or one beside the reports, beside the archive or in the current folder; null if there is none.
    /// </summary>
    private static CandidateRegister? Register(string? named, string root, string archive) => named is not null
        ? new(named)
        : new[] { CandidateRegister.Beside(root), CandidateRegister.Beside(archive), new(CandidateRegister.FileName) }.FirstOrDefault(
            register => register.Exists);

    /// <summary>The archives of the named paths. A wrong path says nothing about a candidate, so it is an error and not a report.</summary>
    private static string[] Named(string[] paths)
    {
        if (paths.Where(path => !Path.Exists(path)).ToArray() is { Length: > 0 } missing)
            throw new CourseException(
                $"{string.Join(", ", missing)}: there is no such file or folder, so nothing was graded. " +
                "Name hand-ins, or a folder that holds some.");
        string[] archives =
        [
            .. paths.SelectMany(path => Directory.Exists(path)
                ? Directory.GetFiles(path, "*.zip").Order(StringComparer.Ordinal)
                : (IEnumerable<string>)[path]),
        ];
        return archives.Length > 0
            ? archives
            : throw new CourseException(
                $"{string.Join(", ", paths)}: there is no archive (*.zip). Name hand-ins, or a folder that holds some.");
    }

    /// <summary>Grades the archives. It fails only if a hand-in could not be graded, whatever the reports say.</summary>
    private static int Grade(
        string[] archives, int parallel, string root, ISandbox sandbox, NamedSeed[] named, string? candidates, string? salt,
        CancellationToken cancel)
    {
        var register = Register(candidates, root, archives[0]);
        var seeds = new GivenSeeds(archives, named, register);
        Prepare(root);
        var data = Path.Combine(RepositoryRoot.Find(), "data", "rubric");
        var rubric = RubricFile.Read(Path.Combine(data, "rubric.yaml"));
        var grader = new Grader(sandbox, bank: QuestionFile.Read(Path.Combine(data, "questions.yaml"), rubric), salt: salt);
        Console.Out.WriteLine(
            $"{Counted.Of(archives.Length, "archive")}, {Math.Min(parallel, archives.Length)} at once." +
            $"{(register is null ? "" : $" Seeds from {register.FullPath}.")}");
        foreach (var archive in archives.Where(archive => seeds.Of(archive) is null))
            Console.Out.WriteLine(
                $"{SafeText.Line(Path.GetFileName(archive))}: the seed of its folder was not given, so the one in the archive is used.");
        var summary = new GradeBatch(grader, rubric, root, parallel, TimeProvider.System, seeds).Run(archives, Tell, cancel);
        foreach (var entry in summary.Archives.Where(entry => (entry.SameArchiveAs ?? entry.SameCodeAs) is not null))
            Console.Out.WriteLine(
                $"{entry.Folder}: the same {(entry.SameArchiveAs is null ? "code" : "archive")} as " +
                $"{entry.SameArchiveAs ?? entry.SameCodeAs}.");
        Console.Out.WriteLine($"{Path.GetFullPath(Path.Combine(root, "index.html"))}");
        return summary.Archives.All(entry => entry.Status != GradeStatus.NotGraded) ? 0 : 1;
    }

    private static void Prepare(string root)
    {
        try
        {
            AtomicFile.CreateFolder(root, ownerOnly: true);
        }
        catch (FileException e)
        {
            throw new CourseException($"--out {root}: reports cannot be written there. {e.Message}", e);
        }
    }

    private static void Tell(BatchProgress progress)
    {
        var report = progress.Report;
        var (credited, checks) = (
            report.Exercises.Sum(exercise => exercise.Credited), report.Exercises.Sum(exercise => exercise.Checks.Count));
        var said = report.Status == GradeStatus.Graded
            ? $"{credited} of {checks} checks credited, {Counted.Of(report.Findings.Count(finding => finding.Failed), "finding")}"
            : report.Findings.FirstOrDefault(finding => finding.Failed)?.Summary ?? report.Findings[^1].Summary;
        var width = $"{progress.Of}".Length;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"[{progress.Done.ToString(CultureInfo.InvariantCulture).PadLeft(width)}/{progress.Of}] " +
            $"{SafeText.Line(Path.GetFileName(progress.Folder)),-20} {report.Status,-14} " +
            $"{progress.Took.TotalSeconds,5:0.0} s  {SafeText.Line(said)}"));
    }
}

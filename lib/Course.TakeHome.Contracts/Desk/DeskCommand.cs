namespace Course.TakeHome.Contracts;

/// <summary>
/// The candidate's commands: check, status, hint, reset and pack. They are the same in the folder (<c>./take-home</c>) and in the course
/// (<c>course take-home</c>).
/// </summary>
public static class DeskCommand
{
    public const string Usage = """
        take-home check [EXERCISE…]   builds your code and runs the visible checks
        take-home status              shows what is done, what is still to be written, and which hints you took
        take-home hint EXERCISE       shows the next hint, and records that you took it
        take-home reset EXERCISE      restores the stub, and keeps your answer under backup/
        take-home pack [FILE]         makes the archive that you hand in
        """;

    /// <summary>Runs one command in a candidate's folder.</summary>
    /// <returns>The exit code: 0, or 1 if a check does not pass.</returns>
    /// <exception cref="CourseException">This is no take-home folder, there is no such command, or it failed.</exception>
    public static int Run(string root, IReadOnlyList<string> args, TextWriter output, TimeProvider time)
    {
        if (args.Count == 0 || args.Any(arg => arg is "--help" or "-h" or "-?" or "help"))
        {
            output.WriteLine(Usage);
            return 0;
        }
        var folder = new TakeHomeFolder(root);
        switch (args.ToArray())
        {
            case ["check", .. var exercises]:
                Collect(folder, output, time);
                var report = FolderCheck.Run(folder, exercises, time: time);
                output.WriteLine(report);
                return report.Passed ? 0 : 1;
            case ["status"]:
                Collect(folder, output, time);
                output.WriteLine(Status(folder));
                return 0;
            case ["hint", var exercise]:
                output.WriteLine(folder.NextHint(exercise, time));
                return 0;
            case ["reset", var exercise]:
                var backup = folder.Reset(exercise, time);
                output.WriteLine(
                    $"The stub of \"{exercise}\" is restored. "
                    + (backup is null ? "There was no answer to keep." : $"Your answer is in {backup}."));
                return 0;
            case ["pack", .. var file] when file.Length <= 1:
                Collect(folder, output, time);
                output.WriteLine(Pack(folder, file.Length == 1 ? file[0] : Path.Combine(folder.Root, "hand-in.zip"), time));
                return 0;
            default:
                throw Misunderstood(args);
        }
    }

    private static CourseException Misunderstood(IReadOnlyList<string> args) => new(
        Usage.Split('\n').FirstOrDefault(line => line.StartsWith($"take-home {args[0]} ", StringComparison.Ordinal)) is { } usage
            ? $"\"{string.Join(' ', args)}\" has the wrong arguments. Expected:\n{usage.TrimEnd()}"
            : $"\"{string.Join(' ', args)}\" is not a command. The commands are:\n{Usage}");

    private static string Status(TakeHomeFolder folder)
    {
        var log = folder.Log;
        return string.Join('\n', folder.Manifest.Exercises.Select(id =>
        {
            var checks = log.LastCheck(id) is { } last ? $"{last.Passed} of {last.Of} checks pass" : "not checked yet";
            var (hints, unwritten) = (log.Hints(id).Count, folder.Unwritten(id));
            var (taken, open) = (hints == 0 ? "" : $"hints: {hints}", string.Join(", ", unwritten));
            return $"{id,-10} {checks,-22} {taken,-10} {(unwritten.Count == 0 ? "all written" : $"to write: {open}")}";
        }));
    }

    private static void Collect(TakeHomeFolder folder, TextWriter output, TimeProvider time)
    {
        if (!folder.IsWhole)
            output.WriteLine(
                $"{HandInLayout.Desk} is not there, or not complete: copying with \"*\" leaves out names that begin with a dot. "
                + "Copy it over from the folder that you were given, if you can. Without it there are no hints and no stubs to restore; "
                + "you can hand in nevertheless.");
        foreach (var line in NotebookAnswers.Collect(folder))
            output.WriteLine(line);
        folder.NotePredictions(time);
    }

    private static string Pack(TakeHomeFolder folder, string archive, TimeProvider time)
    {
        var manifest = HandInArchive.Write(folder, archive, time);
        var open = folder.Manifest.Exercises.Where(folder.IsAsGiven).ToArray();
        var code = folder.Manifest.Exercises.Count(folder.HasCode); // without the stubs, answers cannot be told from stubs
        var written = folder.Manifest.Exercises.Count(id => folder.Unwritten(id).Count == 0);
        var note = open.Length == 0 ? "" : $"\nStill the stub: {string.Join(", ", open)}. You may hand in nevertheless.";
        return $"{archive}: {(folder.IsWhole ? "code" : HandInLayout.Answer)} for {code} of {folder.Manifest.Exercises.Count} exercises, "
            + $"all questions answered in {written}; {manifest.Files.Count} files, notebooks without their outputs."
            + $"{note}{Warning(FolderCheck.BuildErrors(folder))}";
    }

    private static string Warning(IReadOnlyList<string> errors) => errors.Count == 0
        ? ""
        : "\nIt does not compile, and code that does not compile cannot be graded. Fix this, or `reset` that exercise, and pack again:\n"
            + string.Join('\n', errors);
}

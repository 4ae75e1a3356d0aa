namespace Course.TakeHome.Contracts;

/// <summary>The candidate's command: check, status, hint, reset, pack. It is the same in the folder (<c>./take-home</c>) and in the course (<c>course take-home</c>).</summary>
public static class DeskCommand
{
    public const string Usage = """
        take-home check [EXERCISE…]   builds your code and runs the visible checks
        take-home status              what is done, what is still to be written, what hints were taken
        take-home hint EXERCISE       the next hint; it is written down that you took it
        take-home reset EXERCISE      puts the stub back, and keeps what you had under backup/
        take-home pack [FILE]         makes the archive that you hand in
        """;

    /// <returns>The exit code: 0, or 1 where a check does not pass.</returns>
    /// <exception cref="TakeHomeException">The folder or the command is none.</exception>
    public static int Run(string root, IReadOnlyList<string> args, TextWriter output, TimeProvider time)
    {
        var folder = new TakeHomeFolder(root);
        switch (args.ToArray())
        {
            case []:
                output.WriteLine(Usage);
                return 0;
            case ["check", .. var exercises]:
                Collect(folder, output);
                var report = FolderCheck.Run(folder, exercises);
                output.WriteLine(report);
                return report.Passed ? 0 : 1;
            case ["status"]:
                Collect(folder, output);
                output.WriteLine(Status(folder));
                return 0;
            case ["hint", var exercise]:
                output.WriteLine(folder.NextHint(exercise, time));
                return 0;
            case ["reset", var exercise]:
                output.WriteLine($"The stub of \"{exercise}\" is back. What you had is in {folder.Reset(exercise, time)}.");
                return 0;
            case ["pack", .. var file] when file.Length <= 1:
                Collect(folder, output);
                output.WriteLine(Pack(folder, file.Length == 1 ? file[0] : Path.Combine(folder.Root, "hand-in.zip"), time));
                return 0;
            default:
                throw Misunderstood(args);
        }
    }

    private static TakeHomeException Misunderstood(IReadOnlyList<string> args) => new(
        Usage.Split('\n').FirstOrDefault(line => line.StartsWith($"take-home {args[0]} ", StringComparison.Ordinal)) is { } usage
            ? $"\"{string.Join(' ', args)}\" is not how that is called. It is:\n{usage.TrimEnd()}"
            : $"\"{string.Join(' ', args)}\" is no command. These are:\n{Usage}");

    private static string Status(TakeHomeFolder folder)
    {
        var progress = FolderProgress.Of(folder);
        return string.Join('\n', folder.Manifest.Exercises.Select(id =>
        {
            var checks = progress.Passed.TryGetValue(id, out var passed) ? $"{passed[0]} of {passed[1]} checks pass" : "not checked yet";
            var hints = progress.Hints.TryGetValue(id, out var taken) ? taken.Count : 0;
            var unwritten = folder.Unwritten(id);
            return $"{id,-10} {checks,-22} {(hints == 0 ? "" : $"hints: {hints}"),-10} {(unwritten.Count == 0 ? "all written" : $"to write: {string.Join(", ", unwritten)}")}";
        }));
    }

    private static void Collect(TakeHomeFolder folder, TextWriter output)
    {
        foreach (var line in NotebookAnswers.Collect(folder))
            output.WriteLine(line);
    }

    private static string Pack(TakeHomeFolder folder, string archive, TimeProvider time)
    {
        var manifest = HandInArchive.Write(folder, archive, time);
        var open = folder.Manifest.Exercises.Where(folder.IsAsGiven).ToArray();
        var note = open.Length == 0 ? "" : $"\nStill as it was given to you: {string.Join(", ", open)}. You may hand in nevertheless.";
        return $"{archive}: {manifest.Files.Count} files.{note}{Warning(FolderCheck.BuildErrors(folder))}";
    }

    /// <summary>Answers are compiled together, so one that does not compile takes all others with it.</summary>
    private static string Warning(IReadOnlyList<string> errors) => errors.Count == 0
        ? ""
        : $"\nIt does not compile, and as it is nothing of it can be graded. Mend this, or `reset` that exercise, and pack again:\n{string.Join('\n', errors)}";
}

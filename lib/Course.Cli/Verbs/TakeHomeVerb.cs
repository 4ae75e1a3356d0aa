using System.CommandLine;
using System.Globalization;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;

namespace Course.Cli.Verbs;

/// <summary>`course take-home`: makes a candidate's folder, and offers the same commands as the folder itself.</summary>
internal static class TakeHomeVerb
{
    public static Command Build() => new("take-home", "The exercises of an interview: a candidate's folder, its checks, hints and hand-in.")
    {
        New(),
        Desk(
            "check", "Build the folder and run its visible checks.",
            Words("The exercises; all by default.", "exercise", ArgumentArity.ZeroOrMore)),
        Desk("status", "Show which exercises are done, which answers are written, and which hints were taken.", null),
        Desk(
            "hint", "Show the next hint for an exercise. Taking it is recorded.",
            Words("The exercise.", "exercise", ArgumentArity.ExactlyOne)),
        Desk(
            "reset", "Restore an exercise's stub; the old file is kept.",
            Words("The exercise.", "exercise", ArgumentArity.ExactlyOne)),
        Notebooks(),
        Desk(
            "pack", "Make the archive to hand in.",
            Words("The archive to write; hand-in.zip by default.", "file", ArgumentArity.ZeroOrOne)),
        TakeHomeGradeVerb.Build(),
    };

    // The library does not convert a single word to an array by itself.
    private static Argument<string[]> Words(string description, string name, ArgumentArity arity) =>
        new(name) { Description = description, Arity = arity, CustomParser = result => [.. result.Tokens.Select(token => token.Value)] };

    private static Command New()
    {
        var folder = Options.Named(
            new Argument<string>("folder") { Description = "The folder to make; it must be empty or not exist." }, "the name of a folder");
        var seed = Options.Whole(
            "--seed", "Determines what varies between candidates; by default it follows from the folder's name.",
            ulong.MinValue, ulong.MaxValue);
        var minutes = Options.Whole(
            "--minutes", "The time allowed, written into README and manifest.", 120, FolderWriter.LeastMinutes, FolderWriter.MostMinutes);
        var command = new Command("new", "Make a candidate's folder, which needs only the .NET SDK.") { folder, seed, minutes };
        command.SetAction(parsed => Explained(() =>
        {
            var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetValue(folder)!));
            var made = FolderWriter.Write(
                path, parsed.GetValue(seed) ?? FolderWriter.SeedOf(Path.GetFileName(path)), parsed.GetValue(minutes), TimeProvider.System);
            Console.Out.WriteLine(
                $"{made.Root}: {made.Manifest.Exercises.Count} exercises, seed {made.Manifest.Seed}. Give out the folder as it is.");
            Register(Path.GetFileName(path), made);
            return 0;
        }));
        return command;
    }

    /// <summary>Stores the seed for grading.</summary>
    private static void Register(string name, TakeHomeFolder made)
    {
        var register = CandidateRegister.Beside(made.Root);
        var before = register.Add(new(name, made.Manifest.Seed, made.Manifest.Minutes, made.Manifest.Created));
        Console.Out.WriteLine(
            $"{register.FullPath}: {name}'s seed is stored there; `grade` uses it for {name}.zip. Do not give that file to anybody.");
        if (before is not null)
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"It held a \"{before.Name}\" of {before.Created:yyyy-MM-dd HH:mm} UTC with seed {before.Seed}, which was replaced."));
    }

    private static Command Notebooks()
    {
        var command = new Command("notebooks",
            "Write the exercises' notebooks into the repository, after a card or a stub has changed.");
        command.SetAction(_ =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(RepositoryRoot.Find(), "notebooks", "take-home")).FullName;
            foreach (var exercise in Exercise.All)
                File.WriteAllText(Path.Combine(folder, NotebookText.FileName(exercise)), NotebookText.OfRepository(exercise));
            return 0;
        });
        return command;
    }

    private static Command Desk(string name, string description, Argument<string[]>? rest)
    {
        var folder = Options.Path("--folder", "The candidate's folder; the current one by default.");
        var command = new Command(name, description) { folder };
        if (rest is not null)
            command.Add(rest);
        command.SetAction(parsed => Explained(() => DeskCommand.Run(
            parsed.GetValue(folder) ?? ".", [name, .. rest is null ? [] : parsed.GetValue(rest) ?? []], Console.Out,
            TimeProvider.System)));
        return command;
    }

    private static int Explained(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException(
                $"{e.Message.TrimEnd('.')}. Check the file's permissions and the free disk space, and try again.", e);
        }
    }
}

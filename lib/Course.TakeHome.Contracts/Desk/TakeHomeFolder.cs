using System.Text;

namespace Course.TakeHome.Contracts;

/// <summary>A candidate's folder, and where things lie in it.</summary>
public sealed class TakeHomeFolder
{
    /// <exception cref="CourseException">The folder is none.</exception>
    public TakeHomeFolder(string root) => (Root, Manifest) = (Path.GetFullPath(root), FolderManifest.Read(root));

    public string Root { get; }

    public FolderManifest Manifest { get; }

    internal string LogFile => Path.Combine(Root, HandInLayout.Desk, "log.jsonl");

    /// <summary>
    /// Whether what the commands keep for themselves is there: a copy that leaves out what begins with a dot has lost it.
    /// </summary>
    public bool IsWhole => new[] { "given", "hints" }.All(name => Directory.Exists(Path.Combine(Root, HandInLayout.Desk, name)));

    /// <summary>What was written down so far.</summary>
    public FolderLog Log => new(LogFile);

    public string ExerciseFolder(string exercise) => Path.Combine(Root, HandInLayout.Exercises, Known(exercise));

    public string Answer(string exercise) => Path.Combine(ExerciseFolder(exercise), HandInLayout.Answer);

    public string Written(string exercise) => Path.Combine(ExerciseFolder(exercise), HandInLayout.Written);

    /// <summary>The exercise's notebook; null where it was deleted.</summary>
    public string? Notebook(string exercise) =>
        AllNotebooks.FirstOrDefault(path => Path.GetFileName(path).EndsWith($"-{Known(exercise)}.ipynb", StringComparison.Ordinal));

    internal IEnumerable<string> AllNotebooks => Path.Combine(Root, HandInLayout.Notebooks) is var folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.ipynb").Where(path => !HandInLayout.IsLitter(Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)
        : [];

    /// <summary>Answer.cs or answers.md as it was given out; null where that was lost.</summary>
    internal string? Given(string exercise, string file) => TextOf(Path.Combine(Root, HandInLayout.Desk, "given", Known(exercise), file));

    /// <summary>Where what a notebook last said of Answer.cs or answers.md is kept.</summary>
    internal string Seen(string exercise, string file) => Path.Combine(Root, HandInLayout.Desk, "notebook", Known(exercise), file);

    internal static string? TextOf(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>Whether Answer.cs is the stub. One that was deleted is not.</summary>
    public bool IsAsGiven(string exercise) => TextOf(Answer(exercise)) is { } text && text == Given(exercise, HandInLayout.Answer);

    /// <summary>Whether something stands under "Predict first".</summary>
    public bool Predicted(string exercise)
    {
        var lines = File.Exists(Written(exercise)) ? File.ReadAllLines(Written(exercise)) : [];
        return lines.SkipWhile(line => line.TrimEnd() != "## Predict first").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Any(line => !string.IsNullOrWhiteSpace(line) && !line.StartsWith('>'));
    }

    /// <summary>Whether there is code to hand in: Answer.cs is there, and is not the stub.</summary>
    public bool HasCode(string exercise) => File.Exists(Answer(exercise)) && !IsAsGiven(exercise);

    /// <summary>
    /// Headings of the written answers under which nothing stands yet, those among them that were deleted;
    /// the file's name where neither it nor the sheet as it was given out is there.
    /// </summary>
    public IReadOnlyList<string> Unwritten(string exercise)
    {
        var (given, written) = (Given(exercise, HandInLayout.Written), TextOf(Written(exercise)));
        if (given is null && written is null)
            return [HandInLayout.Written];
        var headings = Lines(written).Where(IsHeading).Select(line => line[3..].TrimEnd());
        string[] deleted = [.. Lines(given).Where(IsHeading).Select(line => line[3..].TrimEnd()).Except(headings)];
        return [.. deleted, .. EmptyParts(Lines(written))];
    }

    private static string[] Lines(string? text) => text?.ReplaceLineEndings("\n").Split('\n') ?? [];

    private static bool IsHeading(string line) => line.StartsWith("## ", StringComparison.Ordinal);

    private static List<string> EmptyParts(string[] lines)
    {
        List<string> empty = [];
        string? heading = null;
        foreach (var line in lines)
            if (IsHeading(line))
                empty.Add(heading = line[3..].TrimEnd());
            else if (!string.IsNullOrWhiteSpace(line) && !line.StartsWith('>') && heading is not null)
                empty.Remove(heading);
        return empty;
    }

    /// <summary>The next hint, and writes down that it was taken; once all were taken, all of them, to be read again.</summary>
    /// <exception cref="CourseException">The folder lost its hints.</exception>
    public string NextHint(string exercise, TimeProvider time)
    {
        // One line of Base64 each, so that one does not read them by accident.
        var file = TextOf(Path.Combine(Root, HandInLayout.Desk, "hints", Known(exercise))) ?? throw Lost("hints");
        string[] hints = [.. file.Split('\n').Select(line => Encoding.UTF8.GetString(Convert.FromBase64String(line)))];
        var log = Log;
        if (log.Hints(exercise).Count is var taken && taken >= hints.Length)
            return $"You have taken all {hints.Length} hints for \"{exercise}\":\n\n{string.Join("\n\n", hints)}";
        log.Add(time.GetUtcNow(), LogEvent.Hint, exercise);
        return $"Hint {taken + 1} of {hints.Length} for \"{exercise}\"\n\n{hints[taken]}";
    }

    /// <summary>Puts the stub back; what was there is kept under backup/. Returns where; null if nothing was there.</summary>
    /// <exception cref="CourseException">The folder lost its stubs.</exception>
    public string? Reset(string exercise, TimeProvider time)
    {
        var stub = Given(exercise, HandInLayout.Answer) ?? throw Lost("stubs");
        var backup = Path.Combine(Root, "backup", $"{exercise}-{time.GetUtcNow():yyyyMMdd-HHmmss-fff}.cs");
        var had = File.Exists(Answer(exercise));
        Directory.CreateDirectory(Path.GetDirectoryName(backup)!);
        if (had)
            File.Copy(Answer(exercise), backup);
        Directory.CreateDirectory(ExerciseFolder(exercise));
        File.WriteAllText(Answer(exercise), stub);
        NotebookAnswers.Ignore(this, exercise);
        Log.Add(time.GetUtcNow(), LogEvent.Reset, exercise); // what passed is not there any more
        return had ? backup : null;
    }

    /// <summary>Writes down which predictions are there by now.</summary>
    internal void NotePredictions(TimeProvider time)
    {
        var log = Log;
        foreach (var exercise in Manifest.Exercises.Where(exercise => log.Predicted(exercise) is null && Predicted(exercise)))
            log.Add(time.GetUtcNow(), LogEvent.Predicted, exercise);
    }

    /// <summary>Writes down what a check came to. One that met only the stub says nothing of an answer.</summary>
    internal void NoteCheck(string exercise, IEnumerable<CheckOutcome> outcomes, TimeProvider time)
    {
        var own = outcomes.Where(outcome => outcome.Exercise == exercise).ToArray();
        if (own.Any(outcome => outcome.Verdict != Verdict.Unfinished))
            Log.Add(
                time.GetUtcNow(), LogEvent.Checked, exercise, own.Count(outcome => outcome.Verdict == Verdict.Passed),
                CheckSuite.Visible.Single(suite => suite.Exercise == exercise).Checks.Count);
    }

    private CourseException Lost(string what) => new(
        $"{Path.Combine(Root, HandInLayout.Desk)} is not there, or not whole, and the {what} lie in it. Copying a folder by " +
        "\"*\" leaves out what begins with a dot: "
        + "copy it over from the folder that you were given. `check`, `status` and `pack` work without it.");

    /// <summary>The exercise's id, if it is one.</summary>
    /// <exception cref="CourseException">There is no such exercise.</exception>
    public string Known(string exercise) => Manifest.Exercises.Contains(exercise)
        ? exercise
        : throw new CourseException($"There is no exercise \"{exercise}\". They are: {string.Join(", ", Manifest.Exercises)}.");
}

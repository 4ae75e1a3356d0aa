using System.Text;

namespace Course.TakeHome.Contracts;

/// <summary>A candidate's folder, and the paths in it.</summary>
public sealed class TakeHomeFolder
{
    /// <summary>Opens a folder.</summary>
    /// <exception cref="CourseException">This is no take-home folder.</exception>
    public TakeHomeFolder(string root) => (Root, Manifest) = (Path.GetFullPath(root), FolderManifest.Read(root));

    public string Root { get; }

    public FolderManifest Manifest { get; }

    internal string LogFile => Path.Combine(Root, HandInLayout.Desk, "log.jsonl");

    /// <summary>
    /// Whether <c>.take-home</c> with stubs and hints is there. A copy that leaves out names that begin with a dot has lost it.
    /// </summary>
    public bool IsWhole => new[] { "given", "hints" }.All(name => Directory.Exists(Path.Combine(Root, HandInLayout.Desk, name)));

    /// <summary>The log of what happened in the folder, read anew.</summary>
    public FolderLog Log => new(LogFile);

    public string ExerciseFolder(string exercise) => Path.Combine(Root, HandInLayout.Exercises, Known(exercise));

    public string Answer(string exercise) => Path.Combine(ExerciseFolder(exercise), HandInLayout.Answer);

    public string Written(string exercise) => Path.Combine(ExerciseFolder(exercise), HandInLayout.Written);

    /// <summary>The path of the exercise's notebook; null if it was deleted.</summary>
    public string? Notebook(string exercise) =>
        AllNotebooks.FirstOrDefault(path => Path.GetFileName(path).EndsWith($"-{Known(exercise)}.ipynb", StringComparison.Ordinal));

    internal IEnumerable<string> AllNotebooks => Path.Combine(Root, HandInLayout.Notebooks) is var folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.ipynb").Where(path => !HandInLayout.IsLitter(Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)
        : [];

    /// <summary>The text of Answer.cs or answers.md as it was given out; null if that was lost.</summary>
    internal string? Given(string exercise, string file) => TextOf(Path.Combine(Root, HandInLayout.Desk, "given", Known(exercise), file));

    /// <summary>Where the last seen text of a notebook for Answer.cs or answers.md is kept.</summary>
    internal string Seen(string exercise, string file) => Path.Combine(Root, HandInLayout.Desk, "notebook", Known(exercise), file);

    internal static string? TextOf(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>Whether Answer.cs is still the stub. A deleted file is not.</summary>
    public bool IsAsGiven(string exercise) => TextOf(Answer(exercise)) is { } text && text == Given(exercise, HandInLayout.Answer);

    /// <summary>Whether the candidate has written something under "Predict first".</summary>
    public bool Predicted(string exercise)
    {
        var lines = File.Exists(Written(exercise)) ? File.ReadAllLines(Written(exercise)) : [];
        return lines.SkipWhile(line => line.TrimEnd() != "## Predict first").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Any(line => !string.IsNullOrWhiteSpace(line) && !line.StartsWith('>'));
    }

    /// <summary>Whether there is code to hand in: Answer.cs exists and is not the stub.</summary>
    public bool HasCode(string exercise) => File.Exists(Answer(exercise)) && !IsAsGiven(exercise);

    /// <summary>
    /// Headings of the answer sheet without an answer, deleted ones included; the file's name if neither it nor the sheet as it was given
    /// out exists.
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

    /// <summary>Returns the next hint, and logs that it was taken; after the last one, returns all hints again.</summary>
    /// <exception cref="CourseException">The folder lost its hints.</exception>
    public string NextHint(string exercise, TimeProvider time)
    {
        // Each hint is a line of Base64, so that nobody reads it by accident.
        var file = TextOf(Path.Combine(Root, HandInLayout.Desk, "hints", Known(exercise))) ?? throw Lost("hints");
        string[] hints = [.. file.Split('\n').Select(line => Encoding.UTF8.GetString(Convert.FromBase64String(line)))];
        var log = Log;
        if (log.Hints(exercise).Count is var taken && taken >= hints.Length)
            return $"You have taken all {hints.Length} hints for \"{exercise}\":\n\n{string.Join("\n\n", hints)}";
        log.Add(time.GetUtcNow(), LogEvent.Hint, exercise);
        return $"Hint {taken + 1} of {hints.Length} for \"{exercise}\"\n\n{hints[taken]}";
    }

    /// <summary>Restores the stub, and keeps the answer under backup/.</summary>
    /// <returns>The path of the backup; null if there was no answer.</returns>
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
        Log.Add(time.GetUtcNow(), LogEvent.Reset, exercise); // the answer that passed is gone
        return had ? backup : null;
    }

    /// <summary>Logs the predictions that have been written since.</summary>
    internal void NotePredictions(TimeProvider time)
    {
        var log = Log;
        foreach (var exercise in Manifest.Exercises.Where(exercise => log.Predicted(exercise) is null && Predicted(exercise)))
            log.Add(time.GetUtcNow(), LogEvent.Predicted, exercise);
    }

    /// <summary>Logs a check run, unless it met only the stub.</summary>
    internal void NoteCheck(string exercise, IEnumerable<CheckOutcome> outcomes, TimeProvider time)
    {
        var own = outcomes.Where(outcome => outcome.Exercise == exercise).ToArray();
        if (own.Any(outcome => outcome.Verdict != Verdict.Unfinished))
            Log.Add(
                time.GetUtcNow(), LogEvent.Checked, exercise, own.Count(outcome => outcome.Verdict == Verdict.Passed),
                CheckSuite.Visible.Single(suite => suite.Exercise == exercise).Checks.Count);
    }

    private CourseException Lost(string what) => new(
        $"{Path.Combine(Root, HandInLayout.Desk)} is not there, or not complete, and the {what} are in it. Copying a folder with \"*\" "
        + "leaves out names that begin with a dot: copy it over from the folder that you were given. `check`, `status` and `pack` work "
        + "without it.");

    /// <summary>Returns the exercise's id if the folder has that exercise.</summary>
    /// <exception cref="CourseException">There is no such exercise.</exception>
    public string Known(string exercise) => Manifest.Exercises.Contains(exercise)
        ? exercise
        : throw new CourseException($"There is no exercise \"{exercise}\". They are: {string.Join(", ", Manifest.Exercises)}.");
}

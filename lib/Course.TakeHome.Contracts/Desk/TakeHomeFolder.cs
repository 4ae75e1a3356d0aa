using System.Text;

namespace Course.TakeHome.Contracts;

/// <summary>A candidate's folder, and where things lie in it.</summary>
public sealed class TakeHomeFolder
{
    /// <exception cref="TakeHomeException">The folder is none.</exception>
    public TakeHomeFolder(string root) => (Root, Manifest) = (Path.GetFullPath(root), FolderManifest.Read(root));

    public string Root { get; }

    public FolderManifest Manifest { get; }

    internal string Progress => Path.Combine(Root, ".take-home", "progress.json");

    public string ExerciseFolder(string exercise) => Path.Combine(Root, HandInLayout.Exercises, Known(exercise));

    public string Answer(string exercise) => Path.Combine(ExerciseFolder(exercise), HandInLayout.Answer);

    public string Written(string exercise) => Path.Combine(ExerciseFolder(exercise), HandInLayout.Written);

    /// <summary>The exercise's notebook; null where it was deleted.</summary>
    public string? Notebook(string exercise)
    {
        var notebooks = Path.Combine(Root, HandInLayout.Notebooks);
        return Directory.Exists(notebooks) ? Directory.EnumerateFiles(notebooks, $"*-{Known(exercise)}.ipynb").Order(StringComparer.Ordinal).FirstOrDefault() : null;
    }

    /// <summary>Answer.cs or answers.md as it was given out.</summary>
    internal string Given(string exercise, string file) => Path.Combine(Root, ".take-home", "given", Known(exercise), file);

    /// <summary>What a notebook last said of Answer.cs or answers.md.</summary>
    internal string Seen(string exercise, string file) => Path.Combine(Root, ".take-home", "notebook", Known(exercise), file);

    /// <summary>One line of Base64 each, so that one does not read them by accident.</summary>
    internal string HintFile(string exercise) => Path.Combine(Root, ".take-home", "hints", Known(exercise));

    /// <summary>Whether Answer.cs is the stub. One that was deleted is not.</summary>
    public bool IsAsGiven(string exercise) => File.Exists(Answer(exercise)) && File.ReadAllText(Answer(exercise)) == File.ReadAllText(Given(exercise, HandInLayout.Answer));

    /// <summary>Whether something stands under "Predict first".</summary>
    public bool Predicted(string exercise)
    {
        var lines = File.Exists(Written(exercise)) ? File.ReadAllLines(Written(exercise)) : [];
        return lines.SkipWhile(line => line != "## Predict first").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Any(line => line.Length > 0 && !line.StartsWith('>'));
    }

    /// <summary>Headings of the written answers under which nothing stands yet.</summary>
    public IReadOnlyList<string> Unwritten(string exercise)
    {
        List<string> empty = [];
        string? heading = null;
        foreach (var line in File.Exists(Written(exercise)) ? File.ReadAllLines(Written(exercise)) : [])
            if (line.StartsWith("## ", StringComparison.Ordinal))
                empty.Add(heading = line[3..]);
            else if (line.Length > 0 && !line.StartsWith('>') && heading is not null)
                empty.Remove(heading);
        return empty;
    }

    /// <summary>The next hint, and writes down that it was taken; once all were taken, all of them, to be read again.</summary>
    public string NextHint(string exercise, TimeProvider time)
    {
        string[] hints = [.. File.ReadAllLines(HintFile(exercise)).Select(line => Encoding.UTF8.GetString(Convert.FromBase64String(line)))];
        var progress = FolderProgress.Of(this);
        if (!progress.Hints.TryGetValue(exercise, out var taken))
            progress.Hints.Add(exercise, taken = []);
        if (taken.Count == hints.Length)
            return $"You have taken all {hints.Length} hints for \"{exercise}\":\n\n{string.Join("\n\n", hints)}";
        taken.Add(time.GetUtcNow());
        progress.Save(this);
        return $"Hint {taken.Count} of {hints.Length} for \"{exercise}\"\n\n{hints[taken.Count - 1]}";
    }

    /// <summary>Puts the stub back; what was there is kept under backup/. Returns where.</summary>
    public string Reset(string exercise, TimeProvider time)
    {
        var backup = Path.Combine(Root, "backup", $"{exercise}-{time.GetUtcNow():yyyyMMdd-HHmmss-fff}.cs");
        Directory.CreateDirectory(Path.GetDirectoryName(backup)!);
        if (File.Exists(Answer(exercise)))
            File.Copy(Answer(exercise), backup);
        File.Copy(Given(exercise, HandInLayout.Answer), Answer(exercise), overwrite: true);
        NotebookAnswers.Ignore(this, exercise);
        var progress = FolderProgress.Of(this);
        progress.Passed.Remove(exercise); // what passed is not there any more
        progress.Save(this);
        return backup;
    }

    /// <summary>The exercise's id, if it is one.</summary>
    /// <exception cref="TakeHomeException">There is no such exercise.</exception>
    public string Known(string exercise) => Manifest.Exercises.Contains(exercise)
        ? exercise
        : throw new TakeHomeException($"There is no exercise \"{exercise}\". They are: {string.Join(", ", Manifest.Exercises)}.");
}

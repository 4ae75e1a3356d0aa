using System.Text.Json;

namespace Course.TakeHome.Contracts;

/// <summary>
/// Copies what was written and saved in a notebook into Answer.cs and answers.md (<see cref="NotebookReading"/>). A file that was changed
/// by hand is never overwritten: then the file counts. The last seen text of a notebook is kept under <c>.take-home/notebook</c>, and only
/// a newer text is copied, so that <c>reset</c> and later edits of the file are not undone.
/// </summary>
internal static class NotebookAnswers
{
    /// <summary>Copies new answers from all notebooks.</summary>
    /// <returns>What was copied and what was not, a line each.</returns>
    public static IReadOnlyList<string> Collect(TakeHomeFolder folder) =>
        [.. folder.Manifest.Exercises.SelectMany(id => Collect(folder, id)), .. Strays(folder)];

    /// <summary>Marks the current text of the notebook as seen, so that it does not replace the file.</summary>
    public static void Ignore(TakeHomeFolder folder, string exercise)
    {
        foreach (var (file, text) in Read(folder, exercise, []))
            See(folder, exercise, file, text);
    }

    private static List<string> Collect(TakeHomeFolder folder, string exercise)
    {
        List<string> said = [];
        foreach (var (file, text) in Read(folder, exercise, said))
        {
            var path = Path.Combine(folder.ExerciseFolder(exercise), file);
            var given = folder.Given(exercise, file);
            var seen = TakeHomeFolder.TextOf(folder.Seen(exercise, file)) ?? given;
            var there = TakeHomeFolder.TextOf(path) ?? given;
            if (Same(text, seen) || Same(text, there))
                continue;
            var (name, notebook) = (Relative(folder, path), Relative(folder, folder.Notebook(exercise)!));
            if (there is not null && !Same(there, seen) && !Same(there, given))
            {
                said.Add($"{name} was changed, and so was {notebook}: the file counts. If the notebook should count, delete the file.");
                continue;
            }
            File.WriteAllText(path, text);
            See(folder, exercise, file, text);
            said.Add($"{name} was taken from {notebook}.");
        }
        return said;
    }

    /// <summary>The text of each file according to the notebook; empty if there is no notebook or its cells are gone.</summary>
    private static IEnumerable<(string File, string Text)> Read(TakeHomeFolder folder, string exercise, List<string> said)
    {
        if (folder.Notebook(exercise) is not { } path || Cells(folder, path, said) is not { } cells)
            yield break;
        var sheet = folder.Given(exercise, HandInLayout.Written) ?? TakeHomeFolder.TextOf(folder.Written(exercise)) ?? "";
        var lines = sheet.ReplaceLineEndings("\n").Split('\n');
        string[] headings = [.. lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..].TrimEnd())];
        var reading = NotebookReading.Of(cells, ContractOf(exercise), folder.Given(exercise, HandInLayout.Answer), headings);
        said.AddRange(reading.NotTaken.Select(what => $"{Relative(folder, path)}: {what}"));
        if (reading.Answer is { } answer)
            yield return (HandInLayout.Answer, answer + "\n");
        if (reading.Written is { } written)
            yield return (HandInLayout.Written, $"{lines[0]}\n\n{written}\n");
    }

    /// <summary>Warns of answers in copies and new notebooks: only one notebook of each exercise is read.</summary>
    private static IEnumerable<string> Strays(TakeHomeFolder folder)
    {
        var known = folder.Manifest.Exercises.Select(folder.Notebook).ToHashSet();
        foreach (var path in folder.AllNotebooks.Where(path => !known.Contains(path)))
            foreach (var exercise in folder.Manifest.Exercises)
                if (Cells(folder, path, [])?.Any(cell => IsAnswer(folder, exercise, cell)) == true)
                    yield return $"{Relative(folder, path)} holds an answer to {exercise}, and is not read: {Remedy(folder, exercise)}.";
    }

    private static bool IsAnswer(TakeHomeFolder folder, string exercise, NotebookCell cell) =>
        cell.Implements(ContractOf(exercise)) && !Same(cell.Source, folder.Given(exercise, HandInLayout.Answer));

    private static string Remedy(TakeHomeFolder folder, string exercise) =>
        folder.Notebook(exercise) is { } read ? $"{Relative(folder, read)} is. Move the cell there" : $"name it 1-{exercise}.ipynb";

    /// <summary>The cells of a notebook; null, with a message, if it cannot be read. The other exercises go on.</summary>
    private static IReadOnlyList<NotebookCell>? Cells(TakeHomeFolder folder, string notebook, List<string> said)
    {
        try
        {
            return NotebookCells.Of(File.ReadAllText(notebook));
        }
        catch (JsonException e)
        {
            said.Add(
                $"{Relative(folder, notebook)} is not a readable notebook any more ({SafeText.Line(e.Message, 200)}), so nothing was taken "
                + $"from it. Save it again, or delete it and go on in {HandInLayout.Answer}.");
            return null;
        }
    }

    private static string ContractOf(string exercise) => CheckSuite.Visible.Single(suite => suite.Exercise == exercise).Contract.Name;

    private static void See(TakeHomeFolder folder, string exercise, string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Seen(exercise, file))!);
        File.WriteAllText(folder.Seen(exercise, file), text);
    }

    private static bool Same(string one, string? other) =>
        other is not null && one.ReplaceLineEndings("\n").Trim() == other.ReplaceLineEndings("\n").Trim();

    private static string Relative(TakeHomeFolder folder, string path) => Path.GetRelativePath(folder.Root, path).Replace('\\', '/');
}

using System.Text.Json;

namespace Course.TakeHome.Contracts;

/// <summary>
/// Brings what was written and saved in a notebook to where answers lie: <see cref="HandInLayout.AnswerCell"/> to Answer.cs,
/// <see cref="HandInLayout.WrittenCells"/> to answers.md. A file that was changed by hand is never written over: then the file counts. What was seen of a notebook is kept
/// under <c>.take-home/notebook</c>; only what is new there is taken, so that <c>reset</c> and later edits of the file hold.
/// </summary>
internal static class NotebookAnswers
{
    /// <returns>What was taken, and what was not because both were changed: a line each.</returns>
    /// <exception cref="TakeHomeException">A notebook cannot be read.</exception>
    public static IReadOnlyList<string> Collect(TakeHomeFolder folder) =>
        [.. folder.Manifest.Exercises.SelectMany(id => Collect(folder, id))];

    /// <summary>What the notebook holds now is no news any more: the file is to stay as it is.</summary>
    public static void Ignore(TakeHomeFolder folder, string exercise)
    {
        foreach (var (file, text) in Texts(folder, exercise))
            See(folder, exercise, file, text);
    }

    private static IEnumerable<string> Collect(TakeHomeFolder folder, string exercise)
    {
        foreach (var (file, text) in Texts(folder, exercise))
        {
            var path = Path.Combine(folder.ExerciseFolder(exercise), file);
            var given = File.ReadAllText(folder.Given(exercise, file));
            var seen = File.Exists(folder.Seen(exercise, file)) ? File.ReadAllText(folder.Seen(exercise, file)) : given;
            var there = File.Exists(path) ? File.ReadAllText(path) : given;
            if (Same(text, seen) || Same(text, there))
                continue;
            var (name, notebook) = (Relative(folder, path), Relative(folder, folder.Notebook(exercise)!));
            if (!Same(there, seen) && !Same(there, given))
            {
                yield return $"{name} was changed, and so was {notebook}: the file counts. If the notebook is to count, delete the file.";
                continue;
            }
            File.WriteAllText(path, text);
            See(folder, exercise, file, text);
            yield return $"{name} was taken from {notebook}.";
        }
    }

    /// <summary>What the notebook says of each file; nothing where there is no notebook, or its cells are gone.</summary>
    private static IEnumerable<(string File, string Text)> Texts(TakeHomeFolder folder, string exercise)
    {
        if (folder.Notebook(exercise) is not { } path)
            yield break;
        var cells = Cells(path);
        if (cells.TryGetValue(HandInLayout.AnswerCell, out var answer))
            yield return (HandInLayout.Answer, answer.Trim() + "\n");
        if (HandInLayout.WrittenCells.All(cells.ContainsKey))
            yield return (HandInLayout.Written, string.Join("\n\n", HandInLayout.WrittenCells.Select(id => cells[id].Trim()).Prepend(Title(folder, exercise))) + "\n");
    }

    private static string Title(TakeHomeFolder folder, string exercise) => File.ReadLines(folder.Given(exercise, HandInLayout.Written)).First();

    private static Dictionary<string, string> Cells(string notebook)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(notebook));
            return json.RootElement.GetProperty("cells").EnumerateArray().Where(cell => cell.TryGetProperty("id", out _))
                .DistinctBy(cell => cell.GetProperty("id").GetString()).ToDictionary(cell => cell.GetProperty("id").GetString()!, cell => Source(cell.GetProperty("source")));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new TakeHomeException($"{notebook} is no notebook any more ({e.Message}). Save it again, or delete it and go on in {HandInLayout.Answer}.", e);
        }
    }

    /// <summary>A text, or the list of its lines: the format knows both.</summary>
    private static string Source(JsonElement source) =>
        source.ValueKind == JsonValueKind.Array ? string.Concat(source.EnumerateArray().Select(line => line.GetString())) : source.GetString() ?? "";

    private static void See(TakeHomeFolder folder, string exercise, string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Seen(exercise, file))!);
        File.WriteAllText(folder.Seen(exercise, file), text);
    }

    private static bool Same(string one, string other) => one.ReplaceLineEndings("\n").Trim() == other.ReplaceLineEndings("\n").Trim();

    private static string Relative(TakeHomeFolder folder, string path) => Path.GetRelativePath(folder.Root, path).Replace('\\', '/');
}

using Course.Kernel.Notebooks;

namespace Course.Kernel.Running;

/// <summary>Receives the progress of a batch. Called from one thread at a time.</summary>
public interface IBatchProgress
{
    void Started(PlannedNotebook notebook);

    void Cell(PlannedNotebook notebook, CellProgress cell);

    void Ended(NotebookResult result);
}

/// <summary>A notebook to run, and the path of its executed copy. <c>Name</c> is shown to users.</summary>
public sealed record PlannedNotebook(string Name, string Source, string Copy);

/// <summary>The result of one notebook of a batch.</summary>
/// <param name="Notebook">The notebook that was run.</param>
/// <param name="Cells">The number of its code cells.</param>
/// <param name="Elapsed">The duration of the run.</param>
/// <param name="Problem">Why it failed, as text for the user; null if it passed.</param>
/// <param name="Exercise">The results of the exercise's checks; null for a notebook without an exercise.</param>
public sealed record NotebookResult(
    PlannedNotebook Notebook, int Cells, TimeSpan Elapsed, string? Problem, ExerciseChecks? Exercise = null)
{
    /// <summary>Whether every cell ran. The exercise in it may still be unsolved.</summary>
    public bool Passed => Problem is null;
}

/// <summary>Runs several notebooks, one after another. A failing notebook does not prevent the others from running.</summary>
public sealed class NotebookBatch
{
    private readonly bool everything;

    private NotebookBatch(IReadOnlyList<PlannedNotebook> notebooks, string output, bool everything)
    {
        Notebooks = notebooks;
        Copies = Path.Combine(output, "notebooks");
        Site = Path.Combine(output, "site");
        this.everything = everything;
    }

    public IReadOnlyList<PlannedNotebook> Notebooks { get; }

    /// <summary>The folder of the executed copies.</summary>
    public string Copies { get; }

    /// <summary>The folder for a site made from these copies.</summary>
    public string Site { get; }

    /// <summary>Plans which notebooks to run and where their copies go.</summary>
    /// <param name="folder">The folder of the course's notebooks; copies keep their relative paths.</param>
    /// <param name="named">The notebooks and folders of notebooks to run; empty means all in <paramref name="folder"/>.</param>
    /// <param name="output">The folder in which the folders <c>notebooks</c> and <c>site</c> are created.</param>
    /// <exception cref="CourseException">
    /// There is nothing to run, a path does not exist, or a copy would overwrite a source or another copy.
    /// </exception>
    public static NotebookBatch Plan(string folder, IReadOnlyList<string> named, string output)
    {
        var copies = Path.Combine(output, "notebooks");
        var planned = named.Count > 0 ? named.SelectMany(name => Named(folder, name, copies)) : InFolder(folder, folder, copies);
        planned = [.. planned.DistinctBy(notebook => notebook.Source)];
        foreach (var twins in planned.GroupBy(notebook => notebook.Copy).Where(group => group.Count() > 1))
            throw new CourseException(
                $"{string.Join(" and ", twins.Select(twin => twin.Source))} would both be written to {twins.Key}. "
                + "Run them one by one with --output.");

        return new NotebookBatch([.. planned], output, named.Count == 0);
    }

    public async Task<IReadOnlyList<NotebookResult>> RunAsync(
        NotebookRunner runner, IBatchProgress progress, CancellationToken cancellation)
    {
        if (everything)
            RemoveStaleCopies();

        var results = new List<NotebookResult>();
        foreach (var notebook in Notebooks)
        {
            progress.Started(notebook);
            results.Add(await RunAsync(runner, notebook, progress, cancellation));
            progress.Ended(results[^1]);
        }

        return results;
    }

    private static async Task<NotebookResult> RunAsync(
        NotebookRunner runner, PlannedNotebook notebook, IBatchProgress progress, CancellationToken cancellation)
    {
        try
        {
            var run = await runner.RunAsync(notebook.Source, new Cells(cell => progress.Cell(notebook, cell)), cancellation);
            run.Save(notebook.Copy);
            return new NotebookResult(
                notebook,
                run.Executed.CodeCells.Count(),
                TimeSpan.FromSeconds(run.Record.Seconds),
                run.Failure?.ToString(),
                ExerciseChecks.In(run.Executed));
        }
        // Whatever goes wrong with one notebook, the others still have to run.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A copy of an earlier run would be mistaken for this run's.
            if (File.Exists(notebook.Copy))
                File.Delete(notebook.Copy);

            var problem = e is CourseException ? e.Message : SafeText.Line($"{e.GetType().Name}: {e.Message}");
            return new NotebookResult(notebook, 0, TimeSpan.Zero, problem);
        }
    }

    /// <summary>Deletes copies of notebooks that no longer exist. Only files with a run record count as copies.</summary>
    private void RemoveStaleCopies()
    {
        var current = Notebooks.Select(notebook => Path.GetFullPath(notebook.Copy)).ToHashSet();
        foreach (var path in NotebookFinder.In(Copies).Where(path => !current.Contains(Path.GetFullPath(path)) && IsCopy(path)))
            File.Delete(path);
    }

    private static bool IsCopy(string path)
    {
        try
        {
            return RunRecord.From(NotebookFile.Read(path)) is not null;
        }
        catch (NotebookException)
        {
            return false;
        }
    }

    private static IEnumerable<PlannedNotebook> Named(string folder, string name, string copies)
    {
        var path = Path.GetFullPath(name);
        return File.Exists(path) ? [Planned(path, RelativePath(folder, path) ?? Path.GetFileName(path), copies)]
            : Directory.Exists(path) ? InFolder(folder, path, copies)
            : throw new CourseException(
                $"{SafeText.Line(name)}: there is no such file or folder, so nothing was run. Name " +
                "notebooks (*.ipynb), or folders of them.");
    }

    private static IEnumerable<PlannedNotebook> InFolder(string folder, string path, string copies)
    {
        var found = NotebookFinder.In(path);
        return found.Count > 0
            ? found.Select(source => Planned(source, RelativePath(folder, source) ?? Path.GetRelativePath(path, source), copies))
            : throw new CourseException($"No notebooks in {SafeText.Line(path)}. Name the ones to run: course run PATH.ipynb");
    }

    /// <summary>The path relative to the course's notebooks; null for a notebook outside that folder.</summary>
    private static string? RelativePath(string folder, string source)
    {
        var relative = Path.GetRelativePath(folder, source);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    private static PlannedNotebook Planned(string source, string name, string copies)
    {
        var copy = Path.GetFullPath(Path.Combine(copies, name));
        return copy != source
            ? new PlannedNotebook(name.Replace('\\', '/'), source, copy)
            : throw new CourseException($"{source} would be overwritten by its executed copy. Choose another --output.");
    }

    // Progress<T> would call back later and on another thread.
    private sealed class Cells(Action<CellProgress> report) : IProgress<CellProgress>
    {
        public void Report(CellProgress value) => report(value);
    }
}

using Course.Kernel.Notebooks;

namespace Course.Kernel.Running;

/// <summary>Hears how a batch goes. Called from one thread at a time.</summary>
public interface IBatchProgress
{
    void Started(PlannedNotebook notebook);

    void Cell(PlannedNotebook notebook, CellProgress cell);

    void Ended(NotebookResult result);
}

/// <summary>A notebook to run and where its executed copy goes; <c>Name</c> is what people are shown.</summary>
public sealed record PlannedNotebook(string Name, string Source, string Copy);

/// <summary>How one notebook of a batch ended.</summary>
/// <param name="Notebook">The one.</param>
/// <param name="Cells">Code cells that it has.</param>
/// <param name="Elapsed">Time that they took.</param>
/// <param name="Problem">Says why it failed, for a reader; null when it passed.</param>
/// <param name="Exercise">What the checks of an exercise said; null for a notebook without.</param>
public sealed record NotebookResult(
    PlannedNotebook Notebook, int Cells, TimeSpan Elapsed, string? Problem, ExerciseChecks? Exercise = null)
{
    /// <summary>Every cell ran. The exercise in it may still be unsolved.</summary>
    public bool Passed => Problem is null;
}

/// <summary>Several notebooks, one after the other: a failing one does not keep the others from running.</summary>
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

    /// <summary>The folder of executed copies.</summary>
    public string Copies { get; }

    /// <summary>The folder that a site of these copies goes to.</summary>
    public string Site { get; }

    /// <param name="folder">The course's notebooks; a copy keeps its place below it.</param>
    /// <param name="named">Notebooks to run, and folders of notebooks; none means all in <paramref name="folder"/>.</param>
    /// <param name="output">Receives the folders <c>notebooks</c> and <c>site</c>.</param>
    /// <exception cref="CourseException">
    /// There is nothing to run, a name leads nowhere, or a copy would overwrite a source or another copy.
    /// </exception>
    public static NotebookBatch Plan(string folder, IReadOnlyList<string> named, string output)
    {
        var copies = Path.Combine(output, "notebooks");
        var planned = named.Count > 0 ? named.SelectMany(name => Named(folder, name, copies)) : InFolder(folder, folder, copies);
        planned = [.. planned.DistinctBy(notebook => notebook.Source)];
        foreach (var twins in planned.GroupBy(notebook => notebook.Copy).Where(group => group.Count() > 1))
        {
            throw new CourseException(
                $"{string.Join(" and ", twins.Select(twin => twin.Source))} would both be written to {twins.Key}. "
                + "Run them one by one with --output.");
        }

        return new NotebookBatch([.. planned], output, named.Count == 0);
    }

    public async Task<IReadOnlyList<NotebookResult>> RunAsync(
        NotebookRunner runner, IBatchProgress progress, CancellationToken cancellation)
    {
        if (everything)
        {
            RemoveStaleCopies();
        }

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
        // Whatever a notebook does to its run, the others are still to come.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A copy of an earlier run would be taken for this one's.
            if (File.Exists(notebook.Copy))
            {
                File.Delete(notebook.Copy);
            }

            var problem = e is CourseException ? e.Message : SafeText.Line($"{e.GetType().Name}: {e.Message}");
            return new NotebookResult(notebook, 0, TimeSpan.Zero, problem);
        }
    }

    /// <summary>Copies of notebooks that are gone: only files that say they are such copies.</summary>
    private void RemoveStaleCopies()
    {
        var current = Notebooks.Select(notebook => Path.GetFullPath(notebook.Copy)).ToHashSet();
        foreach (var path in NotebookFinder.In(Copies).Where(path => !current.Contains(Path.GetFullPath(path)) && IsCopy(path)))
        {
            File.Delete(path);
        }
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
        return File.Exists(path) ? [Planned(path, Place(folder, path) ?? Path.GetFileName(path), copies)]
            : Directory.Exists(path) ? InFolder(folder, path, copies)
            : throw new CourseException(
                $"{SafeText.Line(name)}: there is no such file or folder, so nothing was run. Name " +
                "notebooks (*.ipynb), or folders of them.");
    }

    private static IEnumerable<PlannedNotebook> InFolder(string folder, string path, string copies)
    {
        var found = NotebookFinder.In(path);
        return found.Count > 0
            ? found.Select(source => Planned(source, Place(folder, source) ?? Path.GetRelativePath(path, source), copies))
            : throw new CourseException($"No notebooks in {SafeText.Line(path)}. Name the ones to run: course run PATH.ipynb");
    }

    /// <summary>The notebook's place among the course's own; null for one from elsewhere.</summary>
    private static string? Place(string folder, string source)
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

    // Progress<T> would call back on another thread, and late.
    private sealed class Cells(Action<CellProgress> report) : IProgress<CellProgress>
    {
        public void Report(CellProgress value) => report(value);
    }
}

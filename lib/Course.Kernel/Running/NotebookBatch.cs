using Course.Inference;
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

/// <summary>How one notebook of a batch ended. <c>Problem</c> says why, for a reader; null when it passed.</summary>
public sealed record NotebookResult(PlannedNotebook Notebook, int Cells, TimeSpan Elapsed, string? Problem)
{
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
    /// <param name="named">Notebooks to run; none means all in <paramref name="folder"/>.</param>
    /// <param name="output">Receives the folders <c>notebooks</c> and <c>site</c>.</param>
    /// <exception cref="CourseException">There is nothing to run, or a copy would overwrite a source or another copy.</exception>
    public static NotebookBatch Plan(string folder, IReadOnlyList<string> named, string output)
    {
        var sources = named.Count > 0 ? [.. named.Select(Path.GetFullPath)] : NotebookFinder.In(folder);
        if (sources.Count == 0)
        {
            throw new CourseException($"No notebooks in {folder}. Name the ones to run: course run PATH.ipynb");
        }

        var planned = sources.Select(source => Planned(folder, source, Path.Combine(output, "notebooks"))).ToArray();
        foreach (var twins in planned.GroupBy(notebook => notebook.Copy).Where(group => group.Count() > 1))
        {
            throw new CourseException($"{string.Join(" and ", twins.Select(twin => twin.Source))} would both be written to {twins.Key}. Run them one by one with --output.");
        }

        return new NotebookBatch(planned, output, named.Count == 0);
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
                notebook, run.Executed.CodeCells.Count(), TimeSpan.FromSeconds(run.Record.Seconds), run.Failure?.ToString());
        }
        catch (CourseException e)
        {
            return new NotebookResult(notebook, 0, TimeSpan.Zero, e.Message);
        }
    }

    /// <summary>Copies of notebooks that are gone: only files that say they are such copies.</summary>
    private void RemoveStaleCopies()
    {
        var current = Notebooks.Select(notebook => Path.GetFullPath(notebook.Copy)).ToHashSet();
        foreach (var path in NotebookFinder.In(Copies).Where(path => !current.Contains(Path.GetFullPath(path))))
        {
            if (RunRecord.From(NotebookFile.Read(path)) is not null)
            {
                File.Delete(path);
            }
        }
    }

    private static PlannedNotebook Planned(string folder, string source, string copies)
    {
        var relative = Path.GetRelativePath(folder, source);
        var name = relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? Path.GetFileName(source)
            : relative;
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

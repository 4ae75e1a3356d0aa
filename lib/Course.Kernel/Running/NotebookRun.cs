using Course.Kernel.Notebooks;

namespace Course.Kernel.Running;

/// <summary>One notebook after its run, with its outputs.</summary>
/// <param name="Source">The notebook that was run; it is as it was.</param>
/// <param name="Executed">A copy with outputs, up to and with the cell that failed.</param>
/// <param name="Record">On what it ran, how long and how it ended.</param>
/// <param name="Failure">Null when every cell passed.</param>
public sealed record NotebookRun(string Source, Notebook Executed, RunRecord Record, CellFailure? Failure)
{
    public bool Passed => Failure is null;

    /// <summary>Writes the executed copy, with the record in its metadata.</summary>
    public void Save(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        (Record with { Source = Path.GetRelativePath(folder, Source) }).WriteTo(Executed);
        NotebookFile.Write(path, Executed);
    }
}

/// <summary>A cell is about to run: its place among the code cells, from 1, and how many there are.</summary>
public readonly record struct CellProgress(int Number, int Count, string FirstLine);

using Course.Kernel.Notebooks;

namespace Course.Kernel.Running;

/// <summary>The run of one notebook, with its outputs.</summary>
/// <param name="Source">The path of the notebook that was run, which is unchanged.</param>
/// <param name="Executed">A copy with outputs, up to and including a failed cell.</param>
/// <param name="Record">The record of the run: machine, device, duration and outcome.</param>
/// <param name="Failure">The failure; null if every cell passed.</param>
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

/// <summary>A cell is about to run: its number among the code cells, from 1, and their count.</summary>
public readonly record struct CellProgress(int Number, int Count, string FirstLine);

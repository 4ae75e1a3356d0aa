namespace Course.Kernel.Notebooks;

/// <summary>
/// Removes from a notebook what running and opening it adds: outputs, execution counts and metadata of front-ends and kernels.
/// </summary>
public static class NotebookCleaning
{
    // Written by nbclient, JupyterLab and the classic Notebook.
    private static readonly string[] LeftByRunning = ["execution", "ExecuteTime", "collapsed", "scrolled"];

    private static readonly string[] LeftByOpening = ["widgets", "polyglot_notebook", "dotnet_interactive"];

    public static void Clean(Notebook notebook)
    {
        foreach (var cell in notebook.CodeCells)
        {
            cell.Outputs = [];
            cell.ExecutionCount = null;
        }
        foreach (var cell in notebook.Cells)
            foreach (var name in LeftByRunning.Concat(LeftByOpening))
                cell.Metadata.Remove(name);
        foreach (var name in LeftByOpening)
            notebook.Metadata.Remove(name);
        notebook.Metadata["kernelspec"] = NotebookMetadata.KernelSpec();
        notebook.Metadata["language_info"] = NotebookMetadata.LanguageInfo();
    }
}

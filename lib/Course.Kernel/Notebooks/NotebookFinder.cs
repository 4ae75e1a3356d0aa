namespace Course.Kernel.Notebooks;

/// <summary>Finds the notebooks in a folder and its subfolders, ordered by path and without checkpoints.</summary>
public static class NotebookFinder
{
    private const string Checkpoints = ".ipynb_checkpoints";

    public static IReadOnlyList<string> In(string folder) =>
        !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*.ipynb", SearchOption.AllDirectories)
                .Where(path => !path.Contains(Checkpoints, StringComparison.Ordinal))
                .OrderBy(path => Path.GetRelativePath(folder, path), StringComparer.Ordinal)];
}

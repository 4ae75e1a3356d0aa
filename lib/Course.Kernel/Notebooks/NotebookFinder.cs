namespace Course.Kernel.Notebooks;

/// <summary>Notebooks in a folder and below, in the order in which they are read: by path, checkpoints left out.</summary>
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

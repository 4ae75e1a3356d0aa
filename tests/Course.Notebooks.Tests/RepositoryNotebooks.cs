using Course.Kernel.Notebooks;

namespace Course.Notebooks.Tests;

/// <summary>The notebooks as they lie in the repository.</summary>
internal static class RepositoryNotebooks
{
    public static string Folder { get; } = Path.Combine(Root(AppContext.BaseDirectory), "notebooks");

    public static IReadOnlyList<(string Name, Notebook Notebook)> Read() =>
        [.. NotebookFinder.In(Folder).Select(path => (Path.GetRelativePath(Folder, path), NotebookFile.Read(path)))];

    /// <summary>Holds every notebook to a rule; tells all that break it, with what they break.</summary>
    public static void Hold(Func<Notebook, IEnumerable<string>> complaints) => Assert.Empty(
        Read().SelectMany(notebook => complaints(notebook.Notebook).Select(complaint => $"{notebook.Name}: {complaint}")));

    private static string Root(string from)
    {
        var folder = new DirectoryInfo(from);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Course.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No Course.sln above {from}.");
    }
}

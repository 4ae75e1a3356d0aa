using System.IO.Compression;
using System.Security.Cryptography;

namespace Course.TakeHome.Contracts;

/// <summary>Writes what is handed in. Equal folders give equal archives, but for the time of packing.</summary>
public static class HandInArchive
{
    // A zip knows no time before 1980.
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Kinds = [".cs", ".md", ".svg", ".ipynb"];

    /// <summary>Takes what is new in the notebooks first (<see cref="NotebookAnswers"/>).</summary>
    /// <returns>The manifest that lies in the archive.</returns>
    /// <exception cref="TakeHomeException">It cannot be written there.</exception>
    public static HandInManifest Write(TakeHomeFolder folder, string archive, TimeProvider time)
    {
        NotebookAnswers.Collect(folder);
        var progress = FolderProgress.Of(folder);
        var files = Files(folder).Select(path => (Path: path, Bytes: File.ReadAllBytes(Path.Combine(folder.Root, path)))).ToArray();
        var manifest = new HandInManifest(
            HandInLayout.Version, folder.Manifest.Seed, folder.Manifest.Minutes, folder.Manifest.Created, time.GetUtcNow(),
            [.. folder.Manifest.Exercises.Select(id => new HandInExercise(id, folder.Predicted(id), progress.Hints.GetValueOrDefault(id) ?? []))],
            [.. files.Select(file => new HandInFile(file.Path, Convert.ToHexStringLower(SHA256.HashData(file.Bytes)), file.Bytes.Length))]);
        using var zip = new ZipArchive(Created(archive), ZipArchiveMode.Create);
        Add(zip, HandInLayout.Manifest, System.Text.Encoding.UTF8.GetBytes(manifest.ToJson()));
        foreach (var (path, bytes) in files)
            Add(zip, path, bytes);
        return manifest;
    }

    private static FileStream Created(string archive)
    {
        try
        {
            return File.Create(archive);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TakeHomeException($"{archive}: no archive can be written there ({e.Message.TrimEnd('.')}). Name a file in a folder that exists and that you may write to.", e);
        }
    }

    private static IEnumerable<string> Files(TakeHomeFolder folder) =>
        new[] { HandInLayout.Exercises, HandInLayout.Notebooks }.Select(name => Path.Combine(folder.Root, name)).Where(Directory.Exists)
            .SelectMany(path => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            .Append(Path.Combine(folder.Root, HandInLayout.Adapter))
            .Where(path => Kinds.Contains(Path.GetExtension(path)) && !path.Contains(".ipynb_checkpoints", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(folder.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    private static void Add(ZipArchive zip, string path, byte[] bytes)
    {
        var entry = zip.CreateEntry(path);
        entry.LastWriteTime = Timeless;
        using var stream = entry.Open();
        stream.Write(bytes);
    }
}

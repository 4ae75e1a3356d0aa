using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Course.TakeHome.Contracts;

/// <summary>Writes the archive to hand in. Equal folders give equal archives, except for times.</summary>
public static class HandInArchive
{
    // A zip cannot hold a time before 1980.
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Kinds = [".cs", ".md", ".svg", ".ipynb"];

    /// <summary>
    /// Collects new answers from the notebooks (<see cref="NotebookAnswers"/>), and packs the folder. Outputs of notebooks are left out.
    /// </summary>
    /// <returns>The manifest in the archive.</returns>
    /// <exception cref="CourseException">The archive cannot be written, or grading would reject it.</exception>
    public static HandInManifest Write(TakeHomeFolder folder, string archive, TimeProvider time)
    {
        NotebookAnswers.Collect(folder);
        folder.NotePredictions(time);
        var files = Files(folder).Select(path => (Path: path, Bytes: Bytes(Path.Combine(folder.Root, path)))).ToArray();
        var manifest = Manifest(
            folder, time.GetUtcNow(),
            [.. files.Select(file => new HandInFile(file.Path, Convert.ToHexStringLower(SHA256.HashData(file.Bytes)), file.Bytes.Length))]);
        Save(Zipped([(HandInLayout.Manifest, Encoding.UTF8.GetBytes(manifest.ToJson())), .. files], new()), archive);
        folder.Log.Add(time.GetUtcNow(), LogEvent.Packed);
        return manifest;
    }

    private static HandInManifest Manifest(TakeHomeFolder folder, DateTimeOffset now, IReadOnlyList<HandInFile> files)
    {
        var log = folder.Log;
        return new(
            HandInLayout.Version, folder.Manifest.Seed, folder.Manifest.Minutes, folder.Manifest.Created, now,
            [.. folder.Manifest.Exercises.Select(Exercise)], files)
        {
            Log = log.State,
        };

        HandInExercise Exercise(string id)
        {
            var (predicted, checks) = (log.Predicted(id), log.Checks(id));
            return new(id, folder.Predicted(id) && predicted is not null && (checks.Count == 0 || predicted <= checks[0].At), log.Hints(id))
            {
                PredictedAt = predicted,
                FirstChecked = checks.Count > 0 ? checks[0].At : null,
                Checks = checks.Count,
            };
        }
    }

    private static IEnumerable<string> Files(TakeHomeFolder folder) =>
        new[] { HandInLayout.Exercises, HandInLayout.Notebooks }.Select(name => Path.Combine(folder.Root, name)).Where(Directory.Exists)
            .SelectMany(path => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            .Append(Path.Combine(folder.Root, HandInLayout.Adapter))
            .Where(path => Kinds.Contains(Path.GetExtension(path)))
            .Select(path => Path.GetRelativePath(folder.Root, path).Replace('\\', '/'))
            .Where(path => !HandInLayout.IsLitter(path))
            .Order(StringComparer.Ordinal);

    private static byte[] Bytes(string path) =>
        Path.GetExtension(path) == ".ipynb" ? NotebookOutputs.Without(File.ReadAllBytes(path)) : File.ReadAllBytes(path);

    /// <summary>Checks names and sizes as grading does, because here the candidate can still fix them.</summary>
    private static MemoryStream Zipped(IReadOnlyList<(string Path, byte[] Bytes)> files, HandInLimits limits)
    {
        var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (path, bytes) in files)
                Add(zip, path, bytes);
        memory.Position = 0;
        string[] objections = [.. Objections(files, memory.Length, limits), .. Dense(memory, limits)];
        if (objections.Length > 0)
            throw new CourseException(
                $"No archive was made, because grading would reject it:\n{string.Join('\n', objections.Distinct().Take(20))}\nRename, move "
                + "or shorten these, and pack again.");
        memory.Position = 0;
        return memory;
    }

    private static IEnumerable<string> Objections(IReadOnlyList<(string Path, byte[] Bytes)> files, long archive, HandInLimits limits)
    {
        foreach (var (path, _) in files)
            if (EntryName.Objection(path) is var (_, what))
                yield return $"  {EntryName.Shown(path)} {what}.";
        foreach (var same in files.GroupBy(file => EntryName.Key(file.Path)).Where(group => group.Count() > 1))
            yield return $"  {string.Join(" and ", same.Select(file => EntryName.Shown(file.Path)))} are one file where case is ignored.";
        if (files.Count > limits.Entries)
            yield return $"  {files.Count} files; at most {limits.Entries} are read.";
        if (files.Sum(file => (long)file.Bytes.Length) is var total && total > limits.TotalBytes)
            yield return $"  All files together have {total} bytes; at most {limits.TotalBytes} are read.";
        if (archive > limits.ArchiveBytes)
            yield return $"  The archive has {archive} bytes; at most {limits.ArchiveBytes} are read.";
    }

    private static IEnumerable<string> Dense(Stream archive, HandInLimits limits)
    {
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
            if (limits.Objection(entry.Length, entry.CompressedLength) is { } what)
                yield return $"  {EntryName.Shown(entry.FullName)} {what}.";
    }

    private static void Add(ZipArchive zip, string path, byte[] bytes)
    {
        var entry = zip.CreateEntry(path);
        entry.LastWriteTime = Timeless;
        using var stream = entry.Open();
        stream.Write(bytes);
    }

    /// <summary>Replaces the archive only when the new one is complete, so that a full disk does not destroy an older archive.</summary>
    private static void Save(MemoryStream bytes, string archive)
    {
        var beside = archive + ".part";
        try
        {
            using (var file = File.Create(beside))
                bytes.CopyTo(file);
            File.Move(beside, archive, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException(
                $"{archive}: no archive can be written there ({e.Message.TrimEnd('.')}). Name a file in a folder that exists and that you "
                + "may write to.", e);
        }
        finally
        {
            if (File.Exists(beside))
                File.Delete(beside);
        }
    }
}

using System.Globalization;
using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Folder;

/// <summary>
/// Creates a candidate's folder: a project that builds from the SDK alone, with cards, stubs, hints, notebooks and the visible checks, and
/// without any answer.
/// </summary>
public static class FolderWriter
{
    /// <summary>The shortest and the longest time that may be allowed, in minutes.</summary>
    public const int LeastMinutes = 15, MostMinutes = 24 * 60;

    /// <summary>Creates a folder.</summary>
    /// <param name="folder">The path; it must be an empty folder, or not exist.</param>
    /// <param name="seed">The seed, from which everything follows that varies between candidates.</param>
    /// <param name="minutes">The time allowed, for the README and the manifest.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CourseException">The folder is not empty or cannot be created, or the time is out of range.</exception>
    public static TakeHomeFolder Write(string folder, ulong seed, int minutes, TimeProvider time)
    {
        if (minutes is < LeastMinutes or > MostMinutes)
            throw new CourseException($"--minutes {minutes}: expected {LeastMinutes} to {MostMinutes}.");
        Prepare(folder);
        foreach (var (name, text) in TemplateFiles.All)
            Put(folder, name, text.Replace("{{minutes}}", $"{minutes}", StringComparison.Ordinal)
                .Replace("{{exercises}}", Table(), StringComparison.Ordinal)
                .Replace("{{total}}", $"{Exercise.All.Sum(exercise => exercise.Card.Minutes)}", StringComparison.Ordinal));
        foreach (var exercise in Exercise.All)
            Put(folder, exercise, seed);
        Put(folder, HandInLayout.Adapter, Adapter());
        var made = time.GetUtcNow();
        Put(
            folder, FolderManifest.FileName,
            new FolderManifest(
                FolderManifest.CurrentVersion, seed, minutes, made, [.. Exercise.All.Select(exercise => exercise.Id)]).ToJson());
        CopyContracts(Path.Combine(folder, "lib"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                Path.Combine(folder, "take-home"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                    | UnixFileMode.OtherRead);
        var created = new TakeHomeFolder(folder);
        created.Log.Add(made, LogEvent.Made);
        return created;
    }

    private static void Prepare(string folder)
    {
        try
        {
            if (Directory.CreateDirectory(folder).EnumerateFileSystemInfos().Any())
                throw new CourseException(
                    $"{Path.GetFullPath(folder)} is not empty. Name an empty folder, or one that does not exist yet.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException(
                $"{Path.GetFullPath(folder)}: no folder can be created there ({e.Message.TrimEnd('.')}). Name an empty folder, or one that "
                + "does not exist yet.", e);
        }
    }

    private static void Put(string folder, Exercise exercise, ulong seed)
    {
        var id = exercise.Id;
        Put(folder, $"{HandInLayout.Exercises}/{id}/README.md", CardText.Of(exercise, seed));
        foreach (var (file, text) in new[]
        {
            (HandInLayout.Answer, exercise.StubFor(seed)), (HandInLayout.Written, CardText.Sheet(exercise, seed))
        })
        {
            Put(folder, $"{HandInLayout.Exercises}/{id}/{file}", text);
            Put(folder, $"{HandInLayout.Desk}/given/{id}/{file}", text);
        }
        Put(
            folder, $"{HandInLayout.Desk}/hints/{id}",
            string.Join('\n', exercise.Hints.Select(hint => Convert.ToBase64String(Encoding.UTF8.GetBytes(exercise.Filled(hint, seed))))));
        Put(folder, $"{HandInLayout.Notebooks}/{NotebookText.FileName(exercise)}", NotebookText.Of(exercise, seed, "../lib"));
    }

    private static string Table() => string.Join('\n', Exercise.All.Select(exercise =>
        $"| {exercise.Card.Order} | [{exercise.Card.Title}](exercises/{exercise.Id}/README.md) | " +
        $"{CardText.Dots(exercise.Card.Difficulty)} | {CardText.Dots(exercise.Card.Importance)} | {exercise.Card.Minutes} |"));

    /// <summary>The text of Adapter.cs, which maps each exercise to the class that its stub declares.</summary>
    private static string Adapter() => $$"""
        using System;
        using Course.TakeHome.Contracts;

        /// <summary>Connects your classes with the checks. Change it if you rename a class.</summary>
        public sealed class Adapter : IAdapter
        {
            public object AnswerTo(string exercise) => exercise switch
            {
        {{string.Join('\n', Exercise.All.Select(exercise => $"        \"{exercise.Id}\" => new {CardText.ClassOf(exercise)}(),"))}}
                _ => throw new NotImplementedException($"Exercise {exercise}: the adapter knows no answer to it."),
            };
        }

        """;

    private static void CopyContracts(string lib)
    {
        Directory.CreateDirectory(lib);
        foreach (var assembly in new[] { typeof(CourseException), typeof(IAdapter) }.Select(type => type.Assembly.Location))
            foreach (var extension in new[] { ".dll", ".xml", ".runtimeconfig.json" })
                if (Path.ChangeExtension(assembly, null) + extension is var file && File.Exists(file))
                    File.Copy(file, Path.Combine(lib, Path.GetFileName(file)));
    }

    private static void Put(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>A seed made from the candidate's name, so that nobody has to think of one: the manifest holds it.</summary>
    public static ulong SeedOf(string name)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return ulong.Parse(Convert.ToHexString(hash)[..12], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}

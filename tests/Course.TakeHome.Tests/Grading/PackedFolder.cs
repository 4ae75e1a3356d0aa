using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;

namespace Course.TakeHome.Tests.Grading;

/// <summary>The candidate's own way to an archive: a new folder, answers written into it, packed.</summary>
internal static class PackedFolder
{
    /// <param name="root">Where the archive goes.</param>
    /// <param name="seed">Of the folder.</param>
    /// <param name="answer">The text of an exercise's Answer.cs.</param>
    /// <param name="name">Of the archive.</param>
    /// <param name="written">The text of an exercise's answers.md; null leaves the sheet as it was given out.</param>
    public static string Save(
        string root, ulong seed, Func<Exercise, string> answer, string name = "hand-in", Func<Exercise, string>? written = null)
    {
        var folder = FolderWriter.Write(Directory.CreateTempSubdirectory("exam-").FullName, seed, 120, TimeProvider.System);
        foreach (var exercise in Exercise.All)
        {
            File.WriteAllText(folder.Answer(exercise.Id), answer(exercise));
            if (written is not null)
                File.WriteAllText(folder.Written(exercise.Id), written(exercise));
        }
        var archive = Path.Combine(root, $"{name}.zip");
        HandInArchive.Write(folder, archive, TimeProvider.System);
        Directory.Delete(folder.Root, recursive: true);
        return archive;
    }
}

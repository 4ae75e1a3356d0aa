using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;

namespace Course.TakeHome.Tests.Grading;

/// <summary>Makes an archive as a candidate does: a new folder, answers written into it, packed.</summary>
internal static class PackedFolder
{
    /// <summary>Writes the archive, and returns its path.</summary>
    /// <param name="root">The folder of the archive.</param>
    /// <param name="seed">The seed of the candidate's folder.</param>
    /// <param name="answer">The text of an exercise's Answer.cs.</param>
    /// <param name="name">The archive's name, without extension.</param>
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

using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Grading.Batches;

/// <summary>Writes reports: for each archive a folder with <c>report.json</c>, <c>report.md</c>, <c>report.html</c>, and <c>timings.json</c> where something was timed.</summary>
public static class ReportFolder
{
    private const int LongestName = 60;

    public static void Write(Graded graded, string folder, Rubric rubric)
    {
        Directory.CreateDirectory(folder);
        // First what everything else is made from.
        File.WriteAllText(Path.Combine(folder, "report.json"), graded.Report.ToJson());
        var timings = Path.Combine(folder, "timings.json");
        File.Delete(timings);
        if (graded.Timings is not null)
            File.WriteAllText(timings, graded.Timings.ToJson());
        File.WriteAllText(Path.Combine(folder, "report.md"), ReportMarkdown.Write(graded, rubric));
        File.WriteAllText(Path.Combine(folder, "report.html"), ReportPage.Write(graded, rubric));
    }

    /// <summary>Folder names for archives: after the file, of harmless characters, and each once on every system.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<string> archives)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. archives.Select(archive => Free(Harmless(Path.GetFileNameWithoutExtension(archive)), taken))];
    }

    private static string Harmless(string stem)
    {
        var name = string.Concat(stem.Take(LongestName).Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? character : '-'));
        return name.Length > 0 ? name : "archive";
    }

    private static string Free(string stem, HashSet<string> taken)
    {
        var name = stem;
        for (var number = 2; !taken.Add(name); number++)
            name = $"{stem}-{number}";
        return name;
    }
}

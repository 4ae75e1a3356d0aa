using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Grading.Batches;

/// <summary>
/// Writes reports: for each archive a folder with <c>report.json</c>, <c>report.md</c>, <c>report.html</c>, and <c>timings.json</c> if the
/// loop was timed.
/// </summary>
public static class ReportFolder
{
    private const int LongestName = 60;
    private const string Json = "report.json";

    public static void Write(Graded graded, string folder, Rubric rubric)
    {
        AtomicFile.CreateFolder(folder, ownerOnly: true);
        // The report comes first, because the summary is made from it.
        AtomicFile.WritePrivate(Path.Combine(folder, Json), graded.Report.ToJson());
        var timings = Path.Combine(folder, "timings.json");
        File.Delete(timings);
        if (graded.Timings is not null)
            AtomicFile.WritePrivate(timings, graded.Timings.ToJson());
        AtomicFile.WritePrivate(Path.Combine(folder, "report.md"), ReportMarkdown.Write(graded, rubric));
        AtomicFile.WritePrivate(Path.Combine(folder, "report.html"), ReportPage.Write(graded, rubric));
    }

    /// <summary>
    /// Chooses folder names for archives: the file's name in safe characters, unique on every system. An archive that was graded before
    /// gets its folder again; another archive of the same name gets a new one.
    /// </summary>
    /// <param name="archives">The paths of the archives.</param>
    /// <param name="root">The folder that may hold reports of earlier runs.</param>
    public static IReadOnlyList<string> Names(IEnumerable<string> archives, string root)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. archives.Select(Name)];

        string Name(string archive) => Free(
            Harmless(Path.GetFileNameWithoutExtension(archive)), taken, name => IsOfAnother(Path.Combine(root, name, Json), archive));
    }

    /// <summary>
    /// The reports in a folder. Reports of another version, which cannot be read, are left out and not changed.
    /// </summary>
    internal static IEnumerable<(string Folder, GradeReport Report)> Graded(string root) =>
        Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal)
            .Select(folder => (Path.GetFileName(folder), Read(Path.Combine(folder, Json))))
            .Where(one => one.Item2 is not null).Select(one => (one.Item1, one.Item2!));

    private static GradeReport? Read(string report)
    {
        try
        {
            return File.Exists(report) ? GradeReport.Parse(File.ReadAllText(report)) : null;
        }
        catch (CourseException)
        {
            return null;
        }
    }

    private static bool IsOfAnother(string report, string archive) => File.Exists(report) && Read(report)?.Sha256 != Grader.Hash(archive);

    private static string Harmless(string stem)
    {
        var name = string.Concat(stem.Take(LongestName)
            .Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? character : '-'));
        return name.Length > 0 ? name : "archive";
    }

    private static string Free(string stem, HashSet<string> taken, Func<string, bool> isOfAnother)
    {
        var name = stem;
        for (var number = 2; isOfAnother(name) || !taken.Add(name); number++)
            name = $"{stem}-{number}";
        return name;
    }
}

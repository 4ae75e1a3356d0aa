using Course.TakeHome.Grading.Reports;

namespace Course.TakeHome.Grading;

/// <summary>Writes reports: for each archive a folder of its name with <c>report.json</c>, <c>report.md</c> and <c>report.html</c>.</summary>
public static class GradeFolder
{
    /// <returns>The folder.</returns>
    public static string Write(GradeReport report, string root, ISet<string> taken)
    {
        var stem = string.Concat(Path.GetFileNameWithoutExtension(report.Archive).Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? character : '-'));
        var name = stem.Length > 0 ? stem : "archive";
        for (var number = 2; !taken.Add(name); number++)
            name = $"{stem}-{number}";
        var folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        // First what everything else is made from.
        File.WriteAllText(Path.Combine(folder, "report.json"), report.ToJson());
        File.WriteAllText(Path.Combine(folder, "report.md"), ReportText.Markdown(report));
        File.WriteAllText(Path.Combine(folder, "report.html"), ReportText.Html(report));
        return folder;
    }
}

using Course.TakeHome.Grading.Reports;

namespace Course.TakeHome.Interview;

/// <summary>Reads the <c>report.json</c> that grading wrote.</summary>
public static class ReportFile
{
    private const long LargestFile = 16 << 20;

    /// <summary>Reads a grading report.</summary>
    /// <exception cref="CourseException">The file cannot be read, or is not a grading report.</exception>
    public static GradeReport Read(string path)
    {
        try
        {
            return File.Exists(path) && !PlainFile.HasContent(path)
                ? throw new CourseException(
                    $"{path} is empty, or no file at all. Name the report.json that `course take-home grade` wrote.")
                : new FileInfo(path).Length > LargestFile
                ? throw new CourseException(
                    $"{path}: a grading report has at most {LargestFile >> 20} MiB. Name the report.json of one hand-in.")
                : Parse(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException(
                $"{path}: the grading report cannot be read ({e.Message.TrimEnd('.')}). Name another file, or leave --report out.", e);
        }
    }

    private static GradeReport Parse(string path, string text)
    {
        try
        {
            return GradeReport.Parse(text);
        }
        catch (CourseException e)
        {
            throw new CourseException($"{path}: {e.Message} Name the report.json that `course take-home grade` wrote.", e);
        }
    }
}

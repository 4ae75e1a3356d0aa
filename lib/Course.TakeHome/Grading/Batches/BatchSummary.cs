using System.Text.Json;
using System.Text.Json.Serialization;
using Course.TakeHome.Grading.Reports;

namespace Course.TakeHome.Grading.Batches;

/// <summary>One archive in the summary.</summary>
/// <param name="Folder">The folder of its report, relative to the summary.</param>
/// <param name="Archive">The archive's file name.</param>
/// <param name="Sha256">The archive's SHA-256.</param>
/// <param name="Status">Whether it was graded.</param>
/// <param name="Exercises">The result of each exercise.</param>
/// <param name="Killed">The number of planted bugs that its tests find; null if its tests were not run on decoders.</param>
/// <param name="Planted">The number of decoders with a planted bug; null likewise.</param>
/// <param name="Flagged">The number of correct decoders that its tests fail; null likewise.</param>
/// <param name="Remark">The first failed finding about the whole archive; empty if there is none.</param>
/// <param name="SameArchiveAs">The folder of an earlier archive with the same bytes; null if there is none.</param>
/// <param name="SameCodeAs">The folder of an earlier archive with other bytes and the same sources; null if there is none.</param>
public sealed record BatchEntry(
    string Folder, string Archive, string Sha256, GradeStatus Status, IReadOnlyList<BatchExercise> Exercises, int? Killed, int? Planted,
    int? Flagged, string Remark, string? SameArchiveAs, string? SameCodeAs);

/// <summary>The result of one exercise of one archive.</summary>
public sealed record BatchExercise(string Id, string Title, Standing Standing, int Credited, int Checks);

/// <summary>All archives of a batch, in the order in which they were named. It depends on the archives alone.</summary>
public sealed record BatchSummary(IReadOnlyList<BatchEntry> Archives)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static BatchSummary Of(IReadOnlyList<(string Folder, GradeReport Report)> reports) =>
        new([.. reports.Index().Select(one => Of(one.Item.Folder, one.Item.Report, [.. reports.Take(one.Index)]))]);

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    private static BatchEntry Of(string folder, GradeReport report, (string Folder, GradeReport Report)[] earlier)
    {
        var suspects = report.Exercises.Select(exercise => exercise.Suspects).OfType<SuspectsGrade>().FirstOrDefault();
        var same = report.Sha256.Length == 0 ? null : earlier.FirstOrDefault(other => other.Report.Sha256 == report.Sha256).Folder;
        var copied = same is not null || report.Answers.Length == 0
            ? null
            : earlier.FirstOrDefault(other => other.Report.Answers == report.Answers).Folder;
        return new(
            folder, report.Archive, report.Sha256, report.Status,
            [.. report.Exercises.Select(Exercise)],
            suspects?.Killed, suspects?.Planted, suspects?.Flagged,
            report.AboutTheWhole().FirstOrDefault(finding => finding.Failed)?.Summary ?? "", same, copied);

        static BatchExercise Exercise(ExerciseGrade grade) =>
            new(grade.Id, grade.Title, grade.Standing, grade.Credited, grade.Checks.Count);
    }
}

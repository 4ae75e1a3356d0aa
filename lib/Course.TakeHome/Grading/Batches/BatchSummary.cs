using System.Text.Json;
using System.Text.Json.Serialization;
using Course.TakeHome.Grading.Reports;

namespace Course.TakeHome.Grading.Batches;

/// <summary>One archive in the summary.</summary>
/// <param name="Folder">Of its report, relative.</param>
/// <param name="Archive">The file's name.</param>
/// <param name="Sha256">Of the archive.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Exercises">At a glance.</param>
/// <param name="Killed">Planted bugs that its tests find; null where none were put before them.</param>
/// <param name="Planted">How many were; likewise.</param>
/// <param name="Flagged">Right decoders that its tests object to; likewise.</param>
/// <param name="Remark">The first finding on the whole, where there is one.</param>
/// <param name="SameArchiveAs">The folder of an earlier archive with the same bytes; null where there is none.</param>
/// <param name="SameCodeAs">The folder of an earlier archive with other bytes and the same sources; null where there is none.</param>
public sealed record BatchEntry(
    string Folder, string Archive, string Sha256, GradeStatus Status, IReadOnlyList<BatchExercise> Exercises, int? Killed, int? Planted,
    int? Flagged, string Remark, string? SameArchiveAs, string? SameCodeAs);

/// <summary>One exercise of one archive.</summary>
public sealed record BatchExercise(string Id, string Title, Standing Standing, int Credited, int Checks);

/// <summary>All archives of a batch, in the order in which they were named. It follows from the archives alone.</summary>
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

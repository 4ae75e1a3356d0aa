using System.Globalization;
using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Grading.HandIns;

namespace Course.TakeHome.Grading.Reports;

/// <summary>
/// What the candidate's folder says of the work. Nobody can check it, so it is shown as stated and nothing follows from it.
/// </summary>
/// <param name="Created">When the folder was made.</param>
/// <param name="Packed">When the archive was.</param>
/// <param name="Minutes">Time allowed.</param>
/// <param name="Log">What became of the folder's log; null in an archive from before there was one.</param>
public sealed record StatedWork(DateTimeOffset Created, DateTimeOffset Packed, int Minutes, LogState? Log)
{
    /// <summary>In a sentence or two.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"As the folder states: made {Created.UtcDateTime:yyyy-MM-dd HH:mm} UTC, packed {Packed.UtcDateTime:yyyy-MM-dd HH:mm} UTC ({Took}; {Minutes} minutes were allowed).{LogSentence}");

    private string Took => (Packed - Created).TotalHours is var hours && hours < 48
        ? string.Create(CultureInfo.InvariantCulture, $"{(Packed - Created).TotalMinutes:0} minutes later")
        : string.Create(CultureInfo.InvariantCulture, $"{hours / 24:0} days later");

    private string LogSentence => Log switch
    {
        LogState.Missing => " Its log, or the beginning of it, is not there: hints and times may be more than what is stated.",
        LogState.Changed => " Its log was changed: hints and times may be other than what is stated.",
        _ => "",
    };
}

/// <summary>What the folder says of one exercise.</summary>
/// <param name="Hints">When each was taken.</param>
/// <param name="PredictedAt">When a prediction was first seen; null where none was.</param>
/// <param name="FirstChecked">When the checks first met an answer; null where they never did.</param>
/// <param name="Checks">How often they did.</param>
public sealed record StatedExercise(IReadOnlyList<DateTimeOffset> Hints, DateTimeOffset? PredictedAt, DateTimeOffset? FirstChecked, int Checks)
{
    /// <summary>In a line.</summary>
    public override string ToString() =>
        $"As stated: prediction {(PredictedAt is { } predicted ? $"first seen {Time(predicted)}" : "not seen")}; "
        + $"checks {(FirstChecked is { } first ? $"run {Checks} times, first {Time(first)}" : "never run")}"
        + $"{(Hints.Count > 0 ? $"; hints {string.Join(", ", Hints.Take(3).Select(Time))}" : "")}.";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>A source that was judged.</summary>
/// <param name="Path">In the hand-in.</param>
/// <param name="Text">As a page may show it, cut where it is longer than anybody reads.</param>
public sealed record JudgedSource(string Path, string Text);

/// <summary>Puts beside each verdict what it is about: the code, and what the folder states.</summary>
internal static class HandInEvidence
{
    private const int LongestSource = 40_000;

    public static Graded With(Graded graded, HandIn handIn)
    {
        var manifest = handIn.Manifest;
        return graded with
        {
            Report = graded.Report with
            {
                Stated = new(manifest.Created, manifest.Packed, manifest.Minutes, manifest.Log),
                Exercises = [.. graded.Report.Exercises.Select(exercise => exercise with { Code = Code(handIn, exercise.Id), Stated = Stated(manifest, exercise.Id) })],
            },
        };
    }

    private static JudgedSource[] Code(HandIn handIn, string exercise) =>
        [.. handIn.Sources.Where(source => source.Key.StartsWith($"{HandInLayout.Exercises}/{exercise}/", StringComparison.Ordinal))
            .Select(source => new JudgedSource(source.Key, PlainText.Of(Encoding.UTF8.GetString(source.Value).TrimStart('\uFEFF'), LongestSource)))];

    private static StatedExercise? Stated(HandInManifest manifest, string exercise) =>
        manifest.Exercises.FirstOrDefault(each => each.Id == exercise) is { } stated ? new(stated.Hints, stated.PredictedAt, stated.FirstChecked, stated.Checks) : null;
}

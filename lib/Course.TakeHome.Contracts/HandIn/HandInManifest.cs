using System.Text.Json;
using System.Text.Json.Serialization;

namespace Course.TakeHome.Contracts;

/// <summary>
/// <c>hand-in.json</c> at the root of a hand-in archive. It is the candidate's statement: grading trusts none of it, the seed included,
/// before comparing it with what was given out and with the archive's own bytes.
/// </summary>
/// <param name="Version">The version of this layout: <see cref="HandInLayout.Version"/>.</param>
/// <param name="Seed">The seed of the folder.</param>
/// <param name="Minutes">The time allowed, in minutes.</param>
/// <param name="Created">When the folder was created.</param>
/// <param name="Packed">When the archive was made.</param>
/// <param name="Exercises">The exercises, in order.</param>
/// <param name="Files">Every file of the archive except this one.</param>
public sealed record HandInManifest(
    int Version, ulong Seed, int Minutes, DateTimeOffset Created, DateTimeOffset Packed, IReadOnlyList<HandInExercise> Exercises,
    IReadOnlyList<HandInFile> Files)
{
    /// <summary>
    /// The state of the folder's log, from which hints and times are taken; null in an archive from before there was a log.
    /// </summary>
    public LogState? Log { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, HandInLayout.Json);

    /// <summary>Parses <c>hand-in.json</c>.</summary>
    /// <exception cref="CourseException">The text is not a manifest of a known version.</exception>
    public static HandInManifest Parse(string json)
    {
        try
        {
            var manifest = StrictJson.Read<HandInManifest>(json, HandInLayout.Json);
            return manifest is { Version: HandInLayout.Version, Exercises: not null, Files: not null }
                ? manifest
                : throw new CourseException(
                    $"{HandInLayout.Manifest}: expected version {HandInLayout.Version} with exercises and files, got version "
                    + $"{manifest?.Version}.");
        }
        catch (JsonException e)
        {
            throw new CourseException($"{HandInLayout.Manifest} is not what `pack` writes: {e.Message}", e);
        }
    }
}

/// <summary>One exercise of a hand-in.</summary>
/// <param name="Id">The exercise's id, such as <c>rejection</c>.</param>
/// <param name="Predicted">Whether a prediction was written before the checks first ran on an answer.</param>
/// <param name="Hints">When each hint was taken, first tier first.</param>
public sealed record HandInExercise(string Id, bool Predicted, IReadOnlyList<DateTimeOffset> Hints)
{
    /// <summary>When a prediction was first seen; null if there was none, or no log.</summary>
    public DateTimeOffset? PredictedAt { get; init; }

    /// <summary>When the checks first ran on an answer; null if they never did.</summary>
    public DateTimeOffset? FirstChecked { get; init; }

    /// <summary>How often the checks ran on an answer.</summary>
    public int Checks { get; init; }
}

/// <summary>The state of a folder's log.</summary>
public enum LogState
{
    /// <summary>The log is complete from the creation of the folder on.</summary>
    Whole,

    /// <summary>The log or its beginning is missing, so more may have happened than it says.</summary>
    Missing,

    /// <summary>A line was changed or removed.</summary>
    Changed,
}

/// <summary>One file of a hand-in.</summary>
/// <param name="Path">The relative path, with forward slashes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="Bytes">Its length in bytes.</param>
public sealed record HandInFile(string Path, string Sha256, long Bytes);

/// <summary>
/// The layout of a hand-in archive, an ordinary zip:
/// <code>
/// hand-in.json                     the manifest
/// Adapter.cs                       connects the answers with the checks
/// exercises/ID/*.cs                the answers (Answer.cs, and files that the candidate added)
/// exercises/ID/answers.md          prediction and written answers
/// exercises/ID/chart.svg           exercise "pressure" only
/// notebooks/*.ipynb                without outputs; for reading, never for running
/// </code>
/// It has no project file and no entry point: grading uses its own.
/// </summary>
public static class HandInLayout
{
    public const int Version = 1;
    public const string Manifest = "hand-in.json";
    public const string Adapter = "Adapter.cs";

    /// <summary>The folder of the commands' own files in a candidate's folder. It is not handed in.</summary>
    public const string Desk = ".take-home";

    public const string Exercises = "exercises";
    public const string Notebooks = "notebooks";
    public const string Answer = "Answer.cs";
    public const string Written = "answers.md";
    public const string Picture = "chart.svg";

    /// <summary>
    /// Whether a file or folder is one that systems and programs make by themselves: a Mac's resource forks (<c>._Answer.cs</c>,
    /// <c>__MACOSX</c>), thumbnails, checkpoints of notebooks. Such files are never compiled, packed or graded.
    /// </summary>
    /// <param name="path">Relative, with slashes of either kind.</param>
    public static bool IsLitter(string path) => path.Split('/', '\\').Any(part =>
        part.StartsWith("._", StringComparison.Ordinal)
            || part is "__MACOSX" or ".DS_Store" or "Thumbs.db" or "desktop.ini" or ".ipynb_checkpoints" or "Icon\r");

    /// <summary>The id of the cell of a notebook that becomes Answer.cs.</summary>
    public const string AnswerCell = "answer";

    /// <summary>Ids of the cells that become answers.md, below its title.</summary>
    public static IReadOnlyList<string> WrittenCells { get; } = ["prediction", "written"];

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}

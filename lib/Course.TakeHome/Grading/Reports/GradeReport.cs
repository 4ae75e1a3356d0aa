using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Grading.Reports;

/// <summary>What became of a hand-in.</summary>
public enum GradeStatus
{
    /// <summary>Its checks were run.</summary>
    Graded,

    /// <summary>The archive is not what `pack` writes; nothing of it was opened further.</summary>
    Rejected,

    /// <summary>It does not compile.</summary>
    DoesNotCompile,

    /// <summary>The grader itself failed. That says nothing about the hand-in.</summary>
    NotGraded,
}

/// <summary>One thing that was seen. Evidence, not a mark.</summary>
/// <param name="Id">Stable: exercise, kind and check, such as <c>loop/hidden/greedy</c>.</param>
/// <param name="Failed">Whether it speaks against the hand-in.</param>
/// <param name="Summary">What fails, and by how much.</param>
/// <param name="FollowUp">What to ask the candidate about it; empty where nothing is to be asked.</param>
public sealed record Finding(string Id, bool Failed, string Summary, string FollowUp)
{
    /// <summary>Why it matters and where to look, for whoever knows the exercise less well than the candidate; empty where the summary says it all.</summary>
    public string Why { get; init; } = "";
}

/// <summary>What grading says of one archive. It follows from the archive, the seed, the salt and the question bank alone: no times, so grading twice writes the same.</summary>
/// <param name="Version">Of this layout.</param>
/// <param name="Archive">The file's name.</param>
/// <param name="Sha256">Of the archive.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Sandbox">What contained it.</param>
/// <param name="Seed">That it was graded under.</param>
/// <param name="SeedKnown">Whether that seed came from whoever grades, not from the archive.</param>
/// <param name="Answers">SHA-256 over all sources: equal where two archives hold the same code.</param>
/// <param name="Exercises">In order.</param>
/// <param name="Findings">In order.</param>
public sealed record GradeReport(
    int Version, string Archive, string Sha256, GradeStatus Status, string Sandbox, ulong Seed, bool SeedKnown, string Answers, IReadOnlyList<ExerciseGrade> Exercises, IReadOnlyList<Finding> Findings)
{
    public const int CurrentVersion = 2;

    /// <summary>What hidden numbers and orders were made of besides the seed. Grading again with the same gives the same.</summary>
    public string Salt { get; init; } = "";

    /// <summary>What the folder says of the work; null where no manifest could be read.</summary>
    public StatedWork? Stated { get; init; }

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.Default,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <exception cref="CourseException">The text is no report of this version.</exception>
    public static GradeReport Parse(string json)
    {
        try
        {
            return StrictJson.Read<GradeReport>(json, Options) is { Version: CurrentVersion } report
                ? report
                : throw new CourseException($"Expected a grading report of version {CurrentVersion}.");
        }
        catch (JsonException e)
        {
            throw new CourseException($"This is no grading report: {e.Message}", e);
        }
    }
}

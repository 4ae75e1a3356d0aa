using System.Text.Json;
using System.Text.Json.Serialization;
using Course.Inference;

namespace Course.TakeHome.Interview;

/// <summary>Reads the findings of a grading report: <c>{"findings": [{"id": …, "failed": …, "summary": …}]}</c>. Whatever else the report holds is the grader's.</summary>
public static class FindingsFile
{
    private const long LargestFile = 16 << 20;

    private static readonly JsonSerializerOptions Reading = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="CourseException">It cannot be read, or holds no findings.</exception>
    public static IReadOnlyList<Finding> Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw new CourseException($"{path}: a grading report has at most {LargestFile >> 20} MiB. Name the report's JSON file.");
            return JsonSerializer.Deserialize<Report>(File.ReadAllBytes(path), Reading)!.Findings;
        }
        catch (JsonException e)
        {
            throw new CourseException(
                $"{path}, line {e.LineNumber + 1}: this is no grading report ({e.Message}) Expected {{\"findings\": [{{\"id\": \"…\", \"failed\": true, \"summary\": \"…\"}}]}}; name the report's JSON file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException($"{path}: the grading report cannot be read ({e.Message.TrimEnd('.')}). Name another file, or leave --report out.", e);
        }
    }

    private sealed record Report([property: JsonRequired] IReadOnlyList<Finding> Findings);
}

using System.Text.Json;

namespace Course.Inference.Measurement;

/// <summary>One recorded run, raw: what <c>data/benchmarks</c> holds.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Machine">What ran it.</param>
/// <param name="Device">Where on it.</param>
/// <param name="Precision">In which type.</param>
/// <param name="Commit">The library's commit.</param>
/// <param name="Date">When, in UTC.</param>
/// <param name="Seconds">Every sample, by the name of what was timed.</param>
public sealed record BenchmarkRecord(
    string Name, Machine Machine, string Device, string Precision, string Commit, DateTimeOffset Date,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Seconds)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What was measured beside times, by name: rates, ratios, counts.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>What the run said of itself, a line each.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    public static BenchmarkRecord Of(
        string name, Provenance provenance, string commit, IEnumerable<Timing> timings, TimeProvider? clock = null) => new(
        name, Machine.Describe(), provenance.Device, provenance.Precision, commit, (clock ?? TimeProvider.System).GetUtcNow(),
        timings.ToDictionary(timing => timing.Name, timing => timing.Seconds.Values));

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <exception cref="CourseException">The text is not a record.</exception>
    public static BenchmarkRecord Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<BenchmarkRecord>(json, Format)
                ?? throw new CourseException("Not a benchmark record: the JSON is null.");
        }
        catch (JsonException error)
        {
            throw new CourseException($"Not a benchmark record: {error.Message}", error);
        }
    }
}

using System.Text.Json;

namespace Course.Inference.Measurement;

/// <summary>The raw results of one benchmark run, as the JSON files in <c>data/benchmarks</c> hold them.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Machine">The machine that ran it.</param>
/// <param name="Device">The device that computed: <c>cpu</c>, <c>cuda:0</c> …</param>
/// <param name="Precision">The number type of the computation.</param>
/// <param name="Commit">The library's commit.</param>
/// <param name="Date">When the run was recorded, in UTC.</param>
/// <param name="Seconds">Every sample in seconds, by the name of what was timed.</param>
public sealed record BenchmarkRecord(
    string Name, Machine Machine, string Device, string Precision, string Commit, DateTimeOffset Date,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Seconds)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Results other than times, by name: rates, ratios, counts.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>The conclusions that the run printed, one line each.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    public static BenchmarkRecord Of(
        string name, Provenance provenance, string commit, IEnumerable<Timing> timings, TimeProvider? clock = null) => new(
        name, Machine.Describe(), provenance.Device, provenance.Precision, commit, (clock ?? TimeProvider.System).GetUtcNow(),
        timings.ToDictionary(timing => timing.Name, timing => timing.Seconds.Values));

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <exception cref="CourseException">The text is not a benchmark record.</exception>
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

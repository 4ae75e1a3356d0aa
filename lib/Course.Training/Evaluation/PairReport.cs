using System.Text.Json;
using Course.Inference.Modeling;

namespace Course.Training.Evaluation;

/// <summary>The cost of a decode step of the draft relative to one of the target, in float32.</summary>
/// <param name="Cached">S: tokens already in the cache.</param>
/// <param name="Flops">The ratio of FLOPs, including the output head.</param>
/// <param name="Bytes">The ratio of bytes moved.</param>
public readonly record struct CostRatio(int Cached, double Flops, double Bytes);

/// <summary>The measurements of a pair, stored beside the two models as <c>pair.json</c>.</summary>
public sealed record PairReport
{
    public required string Command { get; init; }

    /// <summary>How α was measured, in words.</summary>
    public required string Method { get; init; }

    public required AcceptanceRate Sampling { get; init; }

    public required AcceptanceRate Greedy { get; init; }

    public required IReadOnlyList<CostRatio> Cost { get; init; }

    /// <summary>The hash of <c>model.safetensors</c>, in lower-case hexadecimal.</summary>
    public required string TargetSha256 { get; init; }

    public required string DraftSha256 { get; init; }

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public void Write(string file) => AtomicFile.Write(file, stream => JsonSerializer.Serialize(stream, this, Json));

    /// <summary>Reads a report.</summary>
    /// <exception cref="CourseException">The file is missing or damaged.</exception>
    public static PairReport Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<PairReport>(stream, Json) ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new CourseException($"{file} has no measured pair ({e.Message}). Measure it first: course train evaluate", e);
        }
    }

    public static IReadOnlyList<CostRatio> CostOf(ILanguageModel draft, ILanguageModel target) =>
        [.. new[] { 0, 128, target.ContextLength - 1 }.Select(cached =>
        {
            ForwardCost d = draft.Cost(1, 1, cached), t = target.Cost(1, 1, cached);
            return new CostRatio(cached, d.Flops / t.Flops, d.Bytes / t.Bytes);
        })];
}

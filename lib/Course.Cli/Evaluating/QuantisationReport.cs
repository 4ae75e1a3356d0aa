using System.Text.Json;
using System.Text.Json.Serialization;
using Course.Inference.Models;
using Course.Inference.Quantization;
using Course.Inference.Quantization.Quality;
using Spectre.Console;
using static TorchSharp.torch;

namespace Course.Cli.Evaluating;

/// <summary>A way to keep the weights, what it takes and what it costs in quality.</summary>
/// <param name="Format">In words.</param>
/// <param name="Bytes">Of the whole model as it is held.</param>
/// <param name="Quality">On the held-out text.</param>
internal sealed record QuantisationResult(string Format, long Bytes, ModelQuality Quality);

/// <summary>Measures every weight format on one model and one text.</summary>
internal static class QuantisationReport
{
    public static IReadOnlyList<QuantisationResult> Measure(string path, Device device, Func<LlamaConfiguration, IReadOnlyList<int[]>> text, ulong seed, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var (c, stored) = Checkpoint.Read(path);
        var tensors = stored.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float32));
        using var reference = Checkpoint.Load(path, device, ScalarType.Float32);
        using var calibration = Calibration.OnOwnText(reference, tensors, seed);
        var results = new List<(string Name, long Bytes, LlamaModel Model)>();
        void Add(string name, QuantizedWeights weights)
        {
            using (weights)
                results.Add((name, weights.Bytes, new(c, weights.To(device, ScalarType.Float32), device)));
        }

        try
        {
            Add("int8, scale per output", QuantizedWeights.From(c, tensors, WeightFormat.Int8));
            foreach (var g in (int[])[32, 64])
            {
                Add($"int4 g={g}, as Q4_0 rounds", QuantizedWeights.From(c, tensors, (_, weight) => Int4Matrix.Quantize(weight, g, Int4Rule.Extreme)));
                Add($"int4 g={g}, least squares", QuantizedWeights.From(c, tensors, WeightFormat.Int4(g)));
                Add($"int4 g={g}, error feedback", QuantizedWeights.From(c, tensors, calibration, g));
            }

            var quality = QualityMeter.Compare(reference, [.. results.Select(result => (result.Name, (ILanguageModel)result.Model))], text(c), cancel);
            return [.. quality.Zip(results.Prepend(("float32", 4 * LlamaLayout.ParameterCount(c), reference)), (q, result) => new QuantisationResult(result.Item1, result.Item2, q))];
        }
        finally
        {
            foreach (var (_, _, model) in results)
                model.Dispose();
        }
    }

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a single window has no spread
    };

    public static string Json(string model, ulong seed, IReadOnlyList<QuantisationResult> results) =>
        JsonSerializer.Serialize(new { model, calibrationSeed = seed, results }, Readable);

    public static Table Table(IReadOnlyList<QuantisationResult> results)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("weights", "MB held", "perplexity", "increase", "95 %", "KL, nats per token", "same choice");
        foreach (var (format, bytes, q) in results)
            table.AddRow(
                format, $"{bytes / 1e6:F2}", $"{q.Perplexity:F3}", $"{100 * q.PerplexityIncrease:+0.00;-0.00;0} %",
                $"{100 * q.IncreaseInterval.Low:+0.00;-0.00;0} to {100 * q.IncreaseInterval.High:+0.00;-0.00;0}", $"{q.Divergence.Mean:F5} ± {q.Divergence.StandardError:F5}", $"{100 * q.SameChoice:F1} %");
        return table;
    }
}

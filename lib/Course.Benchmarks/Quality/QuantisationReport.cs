using System.Text.Json;
using System.Text.Json.Serialization;
using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Modeling;
using Course.Inference.Quantization;
using Course.Inference.Quantization.Quality;
using static TorchSharp.torch;

namespace Course.Benchmarks.Quality;

/// <summary>A way to keep the weights, what it takes and what it costs in quality.</summary>
/// <param name="Format">In words.</param>
/// <param name="Bytes">Of the whole model as it is held.</param>
/// <param name="Quality">On the held-out text.</param>
public sealed record QuantisationResult(string Format, long Bytes, ModelQuality Quality);

/// <summary>Measures every weight format on one model and one text.</summary>
public static class QuantisationReport
{
    public static IReadOnlyList<QuantisationResult> Measure(string path, Device device, Func<LlamaConfiguration, IReadOnlyList<int[]>> text, ulong seed, IStages stages, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var (c, stored) = Checkpoint.Read(path);
        var windows = text(c); // before anything slow: it may not be there
        var tensors = stored.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float32));
        stages.Begin("calibrating on the model's own text");
        using var reference = Models.LoadReadable(path, device, ScalarType.Float32);
        using var calibration = Calibration.OnSelfGeneratedText(reference, tensors, seed);
        var results = new List<(string Name, long Bytes, LlamaModel Model)>();
        void Add(string name, Func<QuantizedWeights> round)
        {
            cancel.ThrowIfCancellationRequested();
            stages.Begin($"rounding: {name}");
            using var weights = round();
            results.Add((name, weights.Bytes, new(c, weights.To(device, ScalarType.Float32), device)));
        }

        try
        {
            Add("int8", () => QuantizedWeights.From(c, tensors, WeightFormat.Int8));
            foreach (var g in (int[])[32, 64])
            {
                Add($"int4/{g} Q4_0 rule", () => QuantizedWeights.From(c, tensors, (_, weight) => Int4Matrix.Quantize(weight, g, Int4Rule.Extreme)));
                Add($"int4/{g} squares", () => QuantizedWeights.From(c, tensors, WeightFormat.Int4(g)));
                Add($"int4/{g} feedback", () => QuantizedWeights.From(c, tensors, calibration.Moment, g));
            }

            stages.Begin("predicting", windows.Count);
            var quality = QualityMeter.Compare(reference, [.. results.Select(result => (result.Name, (ILanguageModel)result.Model))], windows, stages.Done, cancel);
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

    /// <summary>A table of 79 columns: terminals that are no wider, and files, keep it whole.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<QuantisationResult> results)
    {
        yield return $"{"weights",-17}{"MB",7}{"perplexity",12}{"increase",10}  {"95 %",-18}{"KL, nats",-9}{"same",6}";
        foreach (var (format, bytes, q) in results)
            yield return
                $"{format,-17}{bytes / 1e6,7:F2}{q.Perplexity,12:F3}{Percent(q.PerplexityIncrease),10}  " +
                $"{Spread(q.IncreaseInterval),-18}{q.Divergence.Mean,-9:F5}{100 * q.SameChoice,5:F1}%";
    }

    /// <summary>One window alone has no spread.</summary>
    private static string Spread(Interval interval) =>
        double.IsFinite(interval.Low + interval.High) ? $"{Percent(interval.Low)} to {Percent(interval.High)}" : "-";

    private static string Percent(double share) => Signed.Percent(share, "0.00");
}

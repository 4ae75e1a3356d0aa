using Course.Inference.Measurement;
using static System.FormattableString;
using static TorchSharp.torch;

namespace Course.Benchmarks.Decoding;

/// <summary>`course bench decode`: what a step costs in every precision and for several tokens at once, beside what memory gives, all in one interleaved run.</summary>
public static class DecodeBenchmark
{
    private static readonly int[] Tokens = [1, 2, 5, 8, 16];

    public static BenchReport Run(BenchModel model, int cached, MeasurementOptions options)
    {
        var steps = BenchFormat.All.Select(format => (Format: format, Steps: new DecodeSteps(model, format, cached))).ToArray();
        using var stream = new StreamRead((long)steps[0].Steps.WeightBytes);
        List<(string, Action)> things = [(Read, () => stream.Sum())];
        foreach (var (format, step) in steps)
        {
            things.AddRange(Tokens.Select(T => (Name(format, T), (Action)(() => step.OneRow(T)))));
            things.Add((Batch(format), step.EightRows));
        }

        var timings = new LatencyMeter(CPU, options).Interleave(things);
        var report = new BenchReport("decode", timings, [.. Lines(timings.ToDictionary(timing => timing.Name), steps[0].Steps.WeightBytes, steps)]);
        foreach (var (_, step) in steps)
            step.Dispose();
        return report;
    }

    private const string Read = "read";

    private static string Name(BenchFormat format, int T) => Invariant($"{format.Name} M={T}");

    private static string Batch(BenchFormat format) => $"{format.Name} B=8";

    private static IEnumerable<string> Lines(Dictionary<string, Timing> timings, double readBytes, (BenchFormat Format, DecodeSteps Steps)[] steps)
    {
        var bandwidth = readBytes / timings[Read].Median;
        yield return $"read bandwidth {Quantity.BytesPerSecond(bandwidth)} (median)";
        foreach (var (format, step) in steps)
        {
            var one = timings[Name(format, 1)].Median;
            yield return Invariant($"{format.Name}: M=1 {Quantity.Seconds(one)}, {step.WeightBytes / one / bandwidth:P0} of the read bandwidth; ")
                + string.Join(", ", Tokens[1..].Select(T => Invariant($"V({T})/V(1) {timings[Name(format, T)].Median / one:0.00}")))
                + Invariant($"; batch 8 throughput {8 * one / timings[Batch(format)].Median:0.0}× of batch 1");
        }
    }
}

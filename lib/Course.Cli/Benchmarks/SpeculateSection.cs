using Course.Inference.Decoding;
using Course.Inference.Measurement;
using Course.Inference.Speculation;
using static System.FormattableString;

namespace Course.Cli.Benchmarks;

/// <summary>One way to speculate, and what its calls cost.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Decoder">It.</param>
/// <param name="Costs">Of its two models, measured.</param>
/// <param name="Gamma">The draft length; null where it varies, and then nothing is predicted.</param>
internal sealed record SpeculateSetting(string Name, SpeculativeDecoder Decoder, SpeculationCosts Costs, int? Gamma);

/// <summary>A part of the benchmark.</summary>
/// <param name="Timings">Every sample.</param>
/// <param name="Findings">What they say.</param>
internal sealed record SpeculateSection(IReadOnlyList<Timing> Timings, IReadOnlyList<string> Findings)
{
    /// <summary>Times all settings in turn with one baseline, and sets each speed-up beside its prediction.</summary>
    public static SpeculateSection Compare(
        LatencyMeter meter, string baseline, IDecoder plain, IReadOnlyList<SpeculateSetting> settings,
        Func<IDecoder, IReadOnlyList<SpeculationTrace>> write, string headline)
    {
        var traces = new Dictionary<string, IReadOnlyList<SpeculationTrace>>();
        var timings = meter.Interleave(
            [(baseline, () => write(plain)), .. settings.Select(setting => (setting.Name, (Action)(() => traces[setting.Name] = write(setting.Decoder))))]);
        var findings = new List<string> { headline };
        var errors = new List<double>();
        foreach (var (setting, timing) in settings.Zip(timings.Skip(1)))
        {
            var comparison = new Comparison(timing, timings[0]);
            var all = new SpeculationTrace([.. traces[setting.Name].SelectMany(trace => trace.Steps)]);
            var predicted = setting.Gamma is { } gamma && all.AcceptanceRate is { } alpha ? setting.Costs.Law(alpha).Speedup(gamma) : (double?)null;
            if (predicted is { } speedup)
                errors.Add((speedup / comparison.Ratio) - 1);
            findings.Add(Invariant(
                $"{setting.Name}: {comparison.Ratio:0.00}× (95 % {comparison.Interval.Low:0.00} … {comparison.Interval.High:0.00}), predicted {predicted:0.00}; α={all.AcceptanceRate:0.000}, {all.TokensPerRound:0.00} tokens a round, neither model {all.Overhead:P1}"));
        }
        if (errors.Count > 0)
            findings.Add(Invariant($"predicted over measured, {errors.Count} settings: median {new Samples(errors).Median:+0.0%;-0.0%}, worst {errors.MaxBy(Math.Abs):+0.0%;-0.0%}"));
        return new(timings, findings);
    }
}

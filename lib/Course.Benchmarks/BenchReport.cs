using Course.Inference.Kernels;
using Course.Inference.Measurement;
using static System.FormattableString;

namespace Course.Benchmarks;

/// <summary>What a benchmark found.</summary>
/// <param name="Name">Of the benchmark.</param>
/// <param name="Timings">Every sample.</param>
/// <param name="Findings">What they say, a line each.</param>
public sealed record BenchReport(string Name, IReadOnlyList<Timing> Timings, IReadOnlyList<string> Findings)
{
    /// <summary>What was measured beside times, by name.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>This one's and another's, under this one's name.</summary>
    public BenchReport With(BenchReport other) => this with { Timings = [.. Timings, .. other.Timings], Findings = [.. Findings, .. other.Findings] };

    /// <summary>The samples of each thing, summed up.</summary>
    public ResultTable Table()
    {
        var table = new ResultTable("", "median", "quartiles", "range", "n");
        foreach (var timing in Timings)
            table.Add(
                timing.Name,
                Quantity.Seconds(timing.Median),
                $"{Quantity.Seconds(timing.Seconds.LowerQuartile)} … {Quantity.Seconds(timing.Seconds.UpperQuartile)}",
                $"{Quantity.Seconds(timing.Seconds.Minimum)} … {Quantity.Seconds(timing.Seconds.Maximum)}",
                Invariant($"{timing.Seconds.Count}"));
        return table;
    }

    /// <summary>Writes all samples to a file of its own, and says where.</summary>
    /// <param name="folder">Made where it is not there.</param>
    /// <param name="commit">Of the code that was measured.</param>
    /// <param name="clock">Tells when.</param>
    public string Save(string folder, string commit, TimeProvider clock)
    {
        var provenance = new Provenance(Machine.Describe().Brief, Invariant($"cpu, {ThreadCount.Current()} threads"), "fp32, int8 and int4 weights", Timings[0].Seconds.Count);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Invariant($"{Name}-{clock.GetUtcNow():yyyy-MM-dd-HHmm}.json"));
        File.WriteAllText(path, (BenchmarkRecord.Of(Name, provenance, commit, Timings, clock) with { Figures = Figures, Findings = Findings }).ToJson() + "\n");
        return path;
    }
}

using Course.Cli.Benchmarks;
using Course.Inference.Devices;
using Course.Inference.Measurement;
using Spectre.Console.Testing;

namespace Course.Cli.Tests.Benchmarks;

public class SpeculateBenchmarkTests
{
    [Fact]
    public void Every_setting_is_timed_in_turn_with_its_baseline_and_set_beside_its_prediction()
    {
        LibTorch.Require();
        using var console = new TestConsole();
        using var progress = new StringWriter();
        console.Profile.Width = 200;
        var report = SpeculateBenchmark.Run(quick: true, new MeasurementOptions { WarmUps = 0, SampleCount = 1 }, only: null, console, progress);

        Assert.Equal(report.Timings.Count, report.Timings.DistinctBy(timing => timing.Name).Count());
        foreach (var baseline in new[] { "T=0 cached", "T=1 cached", "copying cached", "B=2 cached", "large cached" })
            Assert.Contains(report.Timings, timing => timing.Name == baseline);
        Assert.Contains(report.Findings, finding => finding.StartsWith("predicted over measured", StringComparison.Ordinal));

        var lines = console.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var rows = lines.Where(line => line.StartsWith("T=", StringComparison.Ordinal) && line.Contains('×', StringComparison.Ordinal)).ToArray();
        Assert.Equal(rows.Distinct(), rows); // every setting once
        Assert.Equal(2 * 21, rows.Length);
        Assert.All(["Infinity", "NaN", "∞", "-+", "1 openings", "1 settings", "0.00 …"], odd => Assert.All(lines, line => Assert.DoesNotContain(odd, line, StringComparison.Ordinal)));
        Assert.Equal(["t0 …", "t1 …", "copying …", "batches …", "large …"], progress.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}

using Course.Cli.Benchmarks;
using Course.Inference.Devices;
using Course.Inference.Measurement;

namespace Course.Cli.Tests.Benchmarks;

public class SpeculateBenchmarkTests
{
    [Fact]
    public void Every_setting_is_timed_in_turn_with_its_baseline_and_set_beside_its_prediction()
    {
        LibTorch.Require();
        var report = SpeculateBenchmark.Run(quick: true, new MeasurementOptions { WarmUps = 0, SampleCount = 1 }, only: null, TextWriter.Null);

        Assert.Equal(report.Timings.Count, report.Timings.DistinctBy(timing => timing.Name).Count());
        foreach (var baseline in new[] { "T=0 cached", "T=1 cached", "copying cached", "B=2 cached", "large cached" })
            Assert.Contains(report.Timings, timing => timing.Name == baseline);
        Assert.Contains(report.Findings, finding => finding.StartsWith("predicted over measured", StringComparison.Ordinal));
    }
}

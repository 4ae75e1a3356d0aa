using Course.Benchmarks.Speculation;
using Course.Inference.Devices;
using Course.Inference.Measurement;

namespace Course.Benchmarks.Tests.Speculation;

public class SpeculateBenchmarkTests
{
    [Fact]
    public void Every_setting_is_timed_in_turn_with_its_baseline_and_set_beside_its_prediction()
    {
        LibTorch.Require();
        var sections = new List<SpeculateSection>();
        using var progress = new StringWriter();
        var report = SpeculateBenchmark.Run(quick: true, new MeasurementOptions { WarmUps = 0, SampleCount = 1 }, only: null, sections.Add, progress);

        Assert.Equal(report.Timings.Count, report.Timings.DistinctBy(timing => timing.Name).Count());
        foreach (var baseline in new[] { "T=0 cached", "T=1 cached", "copying cached", "B=2 cached", "large cached" })
            Assert.Contains(report.Timings, timing => timing.Name == baseline);
        Assert.Contains(report.Findings, finding => finding.StartsWith("predicted over measured", StringComparison.Ordinal));

        var rows = sections.Take(2).SelectMany(section => section.Table.Rows).Select(row => row[0]).ToArray();
        Assert.Equal(rows.Distinct(), rows); // every setting once
        Assert.Equal(2 * 21, rows.Length);
        var printed = sections.SelectMany(section => section.Findings.Concat(section.Table.Rows.SelectMany(row => row)));
        string[] odd = ["Infinity", "NaN", "∞", "-+", "1 openings", "1 settings", "0.00 …"];
        Assert.All(printed, text => Assert.All(odd, part => Assert.DoesNotContain(part, text, StringComparison.Ordinal)));
        Assert.Equal(["t0 …", "t1 …", "copying …", "batches …", "large …"], progress.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}

using Course.Benchmarks.Decoding;
using Course.Inference.Devices;
using Course.Inference.Measurement;

namespace Course.Benchmarks.Tests.Decoding;

public class DecodeBenchmarkTests
{
    [Fact]
    public void Every_precision_is_timed_and_every_sample_is_saved()
    {
        LibTorch.Require();
        var report = DecodeBenchmark.Run(BenchModel.Small, cached: 4, new MeasurementOptions { WarmUps = 0, SampleCount = 2 });
        Assert.Equal(1 + (3 * 6), report.Timings.Count);
        Assert.All(report.Timings, timing => Assert.Equal(2, timing.Seconds.Count));
        Assert.Equal(4, report.Findings.Count);

        var folder = Directory.CreateTempSubdirectory("course-bench-");
        var record = BenchmarkRecord.Parse(File.ReadAllText(report.Save(folder.FullName, "a commit", TimeProvider.System)));
        Assert.Equal(report.Timings.Select(timing => timing.Name), record.Seconds.Keys);
        folder.Delete(recursive: true);
    }
}

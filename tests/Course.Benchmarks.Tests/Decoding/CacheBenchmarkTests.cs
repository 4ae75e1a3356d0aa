using Course.Benchmarks.Decoding;
using Course.Inference;
using Course.Inference.Measurement;

namespace Course.Benchmarks.Tests.Decoding;

public class CacheBenchmarkTests
{
    [Fact]
    public void Both_kinds_of_cached_step_are_compared_with_recomputing()
    {
        var report = CacheBenchmark.Run(Bundled.Target, 40, new MeasurementOptions { WarmUps = 0, SampleCount = 2 });
        Assert.Equal(["naive", "cached", "naive, fused", "cached, fused"], report.Timings.Select(timing => timing.Name));
        Assert.All(report.Timings, timing => Assert.Equal(2, timing.Seconds.Count));
        Assert.Equal(["cached: ", "cached, fused: "], report.Findings.Select(finding => finding[..(finding.IndexOf(':', StringComparison.Ordinal) + 2)]));
    }
}

using Course.Inference.Devices;
using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class PeaksTests
{
    [Fact]
    public void Peaks_are_positive_and_finite()
    {
        var peaks = Peaks.Measure(ComputeDevice.Resolve("cpu"), options: new MeasurementOptions { WarmUps = 0, SampleCount = 1 });

        Assert.All([peaks.FlopsPerSecond, peaks.BytesPerSecond, peaks.Roofline.Ridge],
            value => Assert.True(value > 0 && double.IsFinite(value)));
    }

    [Fact]
    public void A_peak_is_the_fastest_sample()
    {
        var peaks = new Peaks("cpu", new Timing("product", new Samples([4, 2, 8])), 100, new Timing("read", new Samples([1, 0.5])), 10);

        Assert.Equal(new Roofline(50, 20), peaks.Roofline);
    }

    // Past the unrolled part, and past what the threads share evenly.
    [Theory]
    [InlineData(4)]
    [InlineData(4 * 1021)]
    public void The_stream_reads_every_element(long bytes)
    {
        using var stream = new StreamRead(bytes);

        Assert.Equal(bytes / 4, stream.Sum());
    }
}

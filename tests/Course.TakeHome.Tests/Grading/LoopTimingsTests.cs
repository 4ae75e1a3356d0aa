using System.Text.Json;
using Course.Inference.Measurement;
using Course.TakeHome.Grading;

namespace Course.TakeHome.Tests.Grading;

public sealed class LoopTimingsTests
{
    private static readonly Machine Anywhere = new("a processor", 2, [], 1, "a system", "a runtime");

    /// <summary>Forty pairs of times: about 1 ms for the reference, and a multiple of it for the candidate.</summary>
    private static LoopTimings Timed(Func<int, double> ratio)
    {
        double[] reference = [.. Enumerable.Range(0, 40).Select(i => 0.001 * (1 + (0.01 * (i % 5))))];
        double[] candidate = [.. reference.Select((seconds, i) => seconds * ratio(i))];
        double[] alone = [.. reference.Select(seconds => 2 * seconds)];
        return new(new(96, candidate, reference, alone, 24, 24), Anywhere, DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void Equal_times_are_no_difference() =>
        Assert.Equal(SpeedVerdict.NoDifference, Timed(i => i % 2 == 0 ? 0.99 : 1.01).Verdict);

    [Fact]
    public void A_longer_time_is_slower_by_the_ratio()
    {
        var timings = Timed(_ => 1.5);
        Assert.Equal(SpeedVerdict.Slower, timings.Verdict);
        Assert.Contains("slower than the reference by 50 %", timings.Sentence(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shorter_time_is_faster() => Assert.Equal(SpeedVerdict.Faster, Timed(_ => 0.8).Verdict);

    [Fact]
    public void Large_noise_gives_no_verdict() =>
        Assert.Equal(SpeedVerdict.CannotTell, Timed(i => i % 2 == 0 ? 0.6 : 1.9).Verdict);

    [Fact]
    public void The_file_keeps_every_sample()
    {
        using var json = JsonDocument.Parse(Timed(_ => 1).ToJson());
        Assert.Equal(40, json.RootElement.GetProperty("seconds").GetProperty("candidate").GetArrayLength());
        Assert.Equal("noDifference", json.RootElement.GetProperty("verdict").GetString());
    }
}

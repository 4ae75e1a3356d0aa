using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class LatencyMeterTests
{
    private readonly ScriptedClock clock = new();
    private readonly List<string> events = [];

    private LatencyMeter Meter(int warmUps, int samples) =>
        new(() => events.Add("sync"), new MeasurementOptions { WarmUps = warmUps, SampleCount = samples }, clock);

    private Action Taking(string name, params double[] seconds)
    {
        var call = 0;
        return () =>
        {
            events.Add(name);
            clock.Pass(seconds[call++ % seconds.Length]);
        };
    }

    [Fact]
    public void Warm_ups_are_run_and_not_counted()
    {
        var timing = Meter(warmUps: 2, samples: 3).Time("work", Taking("work", 9, 8, 1, 2, 3));

        Assert.Equal([1, 2, 3], timing.Seconds.Values);
    }

    [Fact]
    public void The_device_is_idle_before_and_after_every_call()
    {
        Meter(warmUps: 1, samples: 2).Time("work", Taking("work", 1));

        Assert.Equal(["sync", "work", "sync", "sync", "work", "sync", "sync", "work", "sync"], events);
    }

    [Fact]
    public void What_the_device_still_does_when_the_call_returns_is_part_of_the_time()
    {
        var pending = 0.0;
        var meter = new LatencyMeter(
            () => { clock.Pass(pending); pending = 0; }, new MeasurementOptions { WarmUps = 0, SampleCount = 1 }, clock);

        Assert.Equal(0.75, meter.Once(() => pending = 0.75));
    }

    [Fact]
    public void A_call_that_ends_within_a_tick_of_the_clock_takes_one_and_can_be_compared_with()
    {
        var comparison = Meter(warmUps: 0, samples: 2).Compare("nothing", Taking("nothing", 0), "work", Taking("work", 1));

        Assert.All(comparison.A.Seconds.Values, seconds => Assert.Equal(1.0 / clock.TimestampFrequency, seconds));
        Assert.True(double.IsFinite(comparison.Ratio));
    }

    [Fact]
    public void Compared_things_take_turns()
    {
        Meter(warmUps: 1, samples: 3).Compare("A", Taking("A", 1), "B", Taking("B", 2));

        Assert.Equal(["A", "B", "A", "B", "A", "B", "A", "B"], events.Where(name => name != "sync"));
    }

    [Fact]
    public void Interleaved_samples_stay_with_their_name()
    {
        var timings = Meter(warmUps: 0, samples: 2).Interleave(("A", Taking("A", 1, 3)), ("B", Taking("B", 10, 30)), ("C", Taking("C", 5)));

        Assert.Equal(["A", "B", "C"], timings.Select(timing => timing.Name));
        Assert.Equal([10, 30], timings[1].Seconds.Values);
    }

    [Fact]
    public void Results_are_disposed()
    {
        var results = new List<Result>();

        Meter(warmUps: 1, samples: 2).Time("work", () => { results.Add(new Result()); return results[^1]; });

        Assert.Equal(3, results.Count);
        Assert.All(results, result => Assert.True(result.IsDisposed));
    }

    [Fact]
    public void A_rate_is_the_count_over_the_median()
    {
        var timing = Meter(warmUps: 0, samples: 3).Time("work", Taking("work", 0.5, 0.25, 9));

        Assert.Equal(20, timing.Rate(10));
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(0, 0)]
    public void Impossible_options_are_refused(int warmUps, int samples) => Assert.Throws<CourseException>(() => Meter(warmUps, samples));

    private sealed class Result : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}

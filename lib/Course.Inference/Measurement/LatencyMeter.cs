using Course.Inference.Devices;
using static TorchSharp.torch;

namespace Course.Inference.Measurement;

/// <summary>
/// Times calls: many samples after a warm-up, on a monotonic clock, with the device idle when the clock starts and again before it stops.
/// </summary>
public sealed class LatencyMeter
{
    private readonly Action synchronize;
    private readonly MeasurementOptions options;
    private readonly TimeProvider clock;
    private object? sink;

    /// <param name="device">The device, whose queue must be empty at both ends of a measurement.</param>
    /// <param name="options">How often to measure; null for the choice of <see cref="Effort"/>.</param>
    /// <param name="clock">The clock; null for the system's monotonic one.</param>
    public LatencyMeter(Device device, MeasurementOptions? options = null, TimeProvider? clock = null)
        : this(() => ComputeDevice.Synchronize(device), options, clock)
    {
    }

    internal LatencyMeter(Action synchronize, MeasurementOptions? options, TimeProvider? clock)
    {
        this.synchronize = synchronize;
        this.options = (options ?? MeasurementOptions.Current).Validated();
        this.clock = clock ?? TimeProvider.System;
    }

    /// <summary>Seconds that one call takes now, without warm-up and once. For calls that a loop of the reader's own repeats.</summary>
    public double Once(Action work)
    {
        synchronize();
        var start = clock.GetTimestamp();
        work();
        synchronize();
        // In the clock's own ticks, and at least one: a call that ends within the tick in which it began took some time, and a rate
        // divides by it.
        return Math.Max(1, clock.GetTimestamp() - start) / (double)clock.TimestampFrequency;
    }

    public Timing Time(string name, Action work) => Interleave((name, work))[0];

    /// <summary>Times a computation. Its result is hidden from the optimiser, and disposed if it is disposable.</summary>
    public Timing Time<T>(string name, Func<T> work) => Time(name, Consuming(work));

    /// <summary>Times two things alternately (A B A B …), so that both meet the same conditions, and compares them pair by pair.</summary>
    public Comparison Compare(string nameA, Action a, string nameB, Action b)
    {
        var timings = Interleave((nameA, a), (nameB, b));
        return new(timings[0], timings[1]);
    }

    public Comparison Compare<TA, TB>(string nameA, Func<TA> a, string nameB, Func<TB> b) =>
        Compare(nameA, Consuming(a), nameB, Consuming(b));

    /// <summary>
    /// Times several things in turn, round after round, so that any drift (clock rate, heat, other processes) affects all of them alike.
    /// </summary>
    public IReadOnlyList<Timing> Interleave(params IReadOnlyList<(string Name, Action Work)> things)
    {
        for (var round = 0; round < options.WarmUps; round++)
            foreach (var (_, work) in things)
                Once(work);
        var seconds = things.Select(_ => new double[options.SampleCount]).ToArray();
        for (var round = 0; round < options.SampleCount; round++)
            for (var i = 0; i < things.Count; i++)
                seconds[i][round] = Once(things[i].Work);
        return [.. things.Zip(seconds, (thing, samples) => new Timing(thing.Name, new Samples(samples)))];
    }

    // The compiler may drop a computation whose result nobody reads.
    private Action Consuming<T>(Func<T> work) => () =>
    {
        var result = work();
        (result as IDisposable)?.Dispose();
        Volatile.Write(ref sink, result);
    };
}

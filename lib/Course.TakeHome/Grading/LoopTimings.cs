using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Course.Inference.Measurement;
using Course.TakeHome.Grading.Running;

namespace Course.TakeHome.Grading;

/// <summary>The time of a candidate's loop compared with the reference.</summary>
public enum SpeedVerdict
{
    /// <summary>The difference is within the noise.</summary>
    NoDifference,

    /// <summary>The candidate's loop is faster.</summary>
    Faster,

    /// <summary>The candidate's loop is slower.</summary>
    Slower,

    /// <summary>The noise is too large for a verdict.</summary>
    CannotTell,
}

/// <summary>
/// The times of the candidate's loop, the reference and the target alone, interleaved, each in a sandboxed process, on a model
/// that reads its weights in each call. They hold for that machine at that time, so no finding depends on them, and they are
/// kept in a file of their own.
/// </summary>
public sealed class LoopTimings
{
    /// <summary>If the ends of the confidence interval have a larger ratio than this, there is no verdict.</summary>
    private const double WidestInterval = 1.3;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly TimedDecoders timed;

    /// <summary>Compares the times of one run.</summary>
    public LoopTimings(TimedDecoders timed, Machine machine, DateTimeOffset when)
    {
        (this.timed, Machine, When) = (timed, machine, when);
        Contestants = [
            new("the reference", new(timed.Reference)), new("the candidate's loop", new(timed.Candidate)),
            new("the target alone", new(timed.Alone))
        ];
        AgainstReference = new(Contestants[0], Contestants[1]);
        AgainstAlone = new(Contestants[1], Contestants[2]);
    }

    public Machine Machine { get; }

    public DateTimeOffset When { get; }

    /// <summary>The reference, the candidate's loop and the target alone, in this order.</summary>
    public IReadOnlyList<Timing> Contestants { get; }

    /// <summary>The candidate's time over the reference's.</summary>
    public Comparison AgainstReference { get; }

    /// <summary>The time of the target alone over the candidate's: the speed-up.</summary>
    public Comparison AgainstAlone { get; }

    public SpeedVerdict Verdict => AgainstReference switch
    {
        { Interval: var (low, high) } when high > WidestInterval * low => SpeedVerdict.CannotTell,
        { Verdict: Inference.Measurement.Verdict.FirstIsFaster } => SpeedVerdict.Slower,
        { Verdict: Inference.Measurement.Verdict.SecondIsFaster } => SpeedVerdict.Faster,
        _ => SpeedVerdict.NoDifference,
    };

    /// <summary>The verdict in words, beginning in lower case.</summary>
    public string InShort => Verdict switch
    {
        SpeedVerdict.CannotTell => "too much noise to compare the candidate's loop with the reference.",
        SpeedVerdict.Slower => $"the candidate's loop is slower than the reference by {By}.",
        SpeedVerdict.Faster => $"the candidate's loop is faster than the reference by {By}.",
        _ => "no difference between the candidate's loop and the reference beyond the noise.",
    };

    private string By => string.Create(CultureInfo.InvariantCulture, $"{100 * Math.Abs(AgainstReference.Ratio - 1):0} %");

    /// <summary>The verdict with ratio, confidence interval and calls of the target.</summary>
    public string Sentence()
    {
        var (low, high) = AgainstReference.Interval;
        return string.Create(CultureInfo.InvariantCulture,
            $"{char.ToUpperInvariant(InShort[0])}{InShort[1..^1]} (time ratio {AgainstReference.Ratio:0.00}, 95 % interval {low:0.00} to " +
            $"{high:0.00}, {AgainstReference.Ratios.Count} pairs). For {timed.Tokens} tokens it calls the target {timed.CandidateCalls} " +
            $"times, the reference {timed.ReferenceCalls} times; against the target alone it is {AgainstAlone.Ratio:0.00} times as fast.");
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            version = 1,
            when = When,
            machine = new { Machine.Processor, Machine.Cores, Machine.OperatingSystem, Machine.Runtime },
            verdict = Verdict,
            sentence = Sentence(),
            ratio = AgainstReference.Ratio,
            low = AgainstReference.Interval.Low,
            high = AgainstReference.Interval.High,
            seconds = timed,
        },
        Options);
}

using Course.Inference.Decoding;
using Course.Inference.Measurement;
using Course.Inference.Speculation.Batching;
using static System.FormattableString;

namespace Course.Benchmarks.Speculation;

/// <summary>How many times as fast as plain decoding, in the rounds of a full batch.</summary>
internal readonly record struct BatchGain(double Measured, double Predicted);

/// <summary>One batch size: plain decoding, fixed lengths and the off-switch, in turn.</summary>
/// <param name="Rows">B.</param>
/// <param name="Lengths">The fixed γ.</param>
/// <param name="Ways">Plain, then a fixed length each, then the switch.</param>
/// <param name="Timings">Whole texts, prompts included.</param>
internal sealed record BatchRace(int Rows, int[] Lengths, BatchWay[] Ways, IReadOnlyList<Timing> Timings)
{
    private int SampleCount => Timings[0].Seconds.Count;

    /// <summary>Every other run gives the costs, those between are predicted, so that no round predicts itself.</summary>
    public BatchGain[] Gains { get; } = [.. Lengths.Select((γ, i) => Gain(Ways[0], Ways[i + 1], Timings[0].Seconds.Count, Rows, γ))];

    /// <summary>Time of the switch over that of the better of doing without and doing with, less one.</summary>
    public double Loss => new Comparison(Timings.SkipLast(1).MinBy(timing => timing.Median)!, Timings[^1]).Ratio - 1;

    public IEnumerable<KeyValuePair<string, double>> Figures
    {
        get
        {
            foreach (var (γ, gain) in Lengths.Zip(Gains))
            {
                yield return new(Invariant($"B={Rows} γ={γ}, speed-up of a full batch"), gain.Measured);
                yield return new(Invariant($"B={Rows} γ={γ}, predicted"), gain.Predicted);
            }
            yield return new(Invariant($"B={Rows}, guesses per row and round of the switch"), Drafted);
            yield return new(Invariant($"B={Rows}, time of the switch over the better"), 1 + Loss);
        }
    }

    private double Drafted => Ways[^1].Rounds(SampleCount, Rows).SelectMany(steps => steps).Average(step => (double)step.Drafted / step.Sequences.Count);

    /// <summary>A row for each batch size and way.</summary>
    public static ResultTable Table(IEnumerable<BatchRace> races)
    {
        var table = new ResultTable("", "speed-up", "full batch", "predicted", "drafted a step", "time against the better");
        foreach (var race in races)
        {
            foreach (var (i, γ) in race.Lengths.Index())
                table.Add(
                    Invariant($"B={race.Rows} γ={γ}"), race.Speedup(i + 1), Invariant($"{race.Gains[i].Measured:0.00}×"), Invariant($"{race.Gains[i].Predicted:0.00}×"), Invariant($"{γ}"), "");
            table.Add(Invariant($"B={race.Rows} auto"), race.Speedup(race.Timings.Count - 1), "", "", Invariant($"{race.Drafted:0.0}"), Signed.Percent(race.Loss));
        }
        return table;
    }

    /// <summary>Of a way over plain decoding, whole texts.</summary>
    private string Speedup(int way) => Invariant($"{new Comparison(Timings[way], Timings[0]).Ratio:0.00}×");

    public override string ToString() =>
        Invariant($"B={Rows}: ") + string.Join(", ", Lengths.Select((γ, i) => Invariant($"γ={γ} {new Comparison(Timings[i + 1], Timings[0]).Ratio:0.00}× of cached (full batch {Gains[i].Measured:0.00}, predicted {Gains[i].Predicted:0.00})")))
        + Invariant($"; auto {new Comparison(Timings[^1], Timings[0]).Ratio:0.00}× with {Drafted:0.0} guesses a round, {Signed.Percent(Loss)} time against the better; {1 / new Samples(Ways[0].Rounds(SampleCount, Rows).Select(Pace)).Median:0} tokens/s cached");

    private static BatchGain Gain(BatchWay plain, BatchWay speculative, int samples, int rows, int γ)
    {
        var times = plain.Rounds(samples, rows).Zip(speculative.Rounds(samples, rows)).ToArray();
        var judged = Half(times, 1).SelectMany(time => time.Second).ToArray();
        var α = (double)judged.Sum(step => step.Accepted) / judged.Sum(step => step.Judged);
        var costs = BatchCosts.Of(Half(times, 0).Select(time => time.First.Concat(time.Second)));
        return new(new Samples(Half(times, 1).Select(time => Pace(time.First) / Pace(time.Second))).Median, costs.Law(α, rows).Speedup(γ));
    }

    private static T[] Half<T>(T[] times, int which) => [.. times.Where((_, i) => times.Length == 1 || i % 2 == which)];

    /// <summary>Seconds a token.</summary>
    private static double Pace(IReadOnlyList<DecodingStep> rounds) => rounds.Sum(step => step.Time.TotalSeconds) / rounds.Sum(step => step.Emitted);
}

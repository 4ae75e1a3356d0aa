using Course.Inference.Decoding;
using Course.Inference.Measurement;
using Course.Inference.Speculation;
using static System.FormattableString;

namespace Course.Benchmarks.Speculation;

/// <summary>What a setting gained, and what was predicted.</summary>
/// <param name="Setting">Which.</param>
/// <param name="Whole">Wall clock of whole texts, prompts included.</param>
/// <param name="Pace">The gain behind the prompt, in the samples that are predicted.</param>
/// <param name="Costs">From the other samples.</param>
/// <param name="Trace">The rounds that are predicted.</param>
internal sealed record SpeculateJudgement(SpeculateSetting Setting, Comparison Whole, double Pace, SpeculationCosts Costs, SpeculationTrace Trace)
{
    /// <param name="setting">Which.</param>
    /// <param name="whole">Its wall clock.</param>
    /// <param name="plain">Samples of the baseline.</param>
    /// <param name="speculative">Samples of each setting.</param>
    /// <param name="kin">The settings of the same drafter.</param>
    /// <param name="own">This setting's number.</param>
    public static SpeculateJudgement Of(
        SpeculateSetting setting, Comparison whole, IReadOnlyList<DecodingRun>[] plain, IReadOnlyList<DecodingRun>[][] speculative, int[] kin, int own)
    {
        var costs = SpeculateCosts.Of(Half(plain, 0), speculative.SelectMany(samples => Half(samples, 0)), kin.SelectMany(i => Half(speculative[i], 0)));
        var (judgedPlain, judged) = (Half(plain, 1).ToArray(), Half(speculative[own], 1).ToArray());
        var pace = new Samples(judgedPlain.Zip(judged, (a, b) => SpeculateCosts.Pace(a) / SpeculateCosts.Pace(b))).Median;
        return new(setting, whole, pace, costs, SpeculateCosts.Rounds(judged.SelectMany(runs => runs)));
    }

    /// <summary>The law's.</summary>
    public double? ByAlpha => Setting.Gamma is { } gamma && Trace.AcceptanceRate is { } alpha ? Costs.Law(alpha).Speedup(gamma) : null;

    /// <summary>The law without an assumption on how acceptance falls on places: every round priced by what it drafted, under the cost of its tokens one by one.</summary>
    public double? ByRounds => Setting.Gamma is null ? null
        : Trace.Emitted * Costs.Target.At(1) / Trace.Steps.Sum(step => Costs.Target.At(step.Drafted + 1) + (step.Drafted * Costs.Draft.At(1)));

    public IEnumerable<KeyValuePair<string, double>> Figures
    {
        get
        {
            (string Name, double? Value)[] figures =
            [
                ("γ", Setting.Gamma), ("α", Trace.AcceptanceRate), ("c", Costs.DraftCost()), ("tokens per round", Trace.TokensPerRound), ("neither model", Trace.Overhead),
                ("speed-up", Whole.Ratio), ("speed-up behind the prompt", Pace), ("predicted from α", ByAlpha), ("predicted from rounds", ByRounds),
            ];
            foreach (var (name, value) in figures)
                if (value is { } known)
                    yield return new($"{Setting.Name}, {name}", known);
        }
    }

    public override string ToString()
    {
        var interval = Interval is { Length: > 0 } known ? $" (95 % {known})" : "";
        var line = Invariant($"{Setting.Name}: {Whole.Ratio:0.00}×{interval}, behind the prompt {Pace:0.00}×, α={Trace.AcceptanceRate:0.000}, {Trace.TokensPerRound:0.00} tokens a round, c={Costs.DraftCost():0.000}, neither model {Trace.Overhead:P1}");
        return Setting.Gamma is null ? line : line + Invariant($"; predicted {ByAlpha:0.00} from α, {ByRounds:0.00} from its rounds");
    }

    /// <summary>The judgements side by side.</summary>
    public static ResultTable Table(IEnumerable<SpeculateJudgement> judgements)
    {
        var table = new ResultTable("", "speed-up", "95 %", "after prompt", "from α", "from steps", "α", "tokens/step", "c", "neither");
        foreach (var one in judgements)
            table.Add(
                one.Setting.Name, Invariant($"{one.Whole.Ratio:0.00}×"), one.Interval, Invariant($"{one.Pace:0.00}×"), Times(one.ByAlpha), Times(one.ByRounds),
                Invariant($"{one.Trace.AcceptanceRate:0.000}"), Invariant($"{one.Trace.TokensPerRound:0.00}"), Invariant($"{one.Costs.DraftCost():0.000}"), Invariant($"{one.Trace.Overhead:P1}"));
        return table;
    }

    /// <summary>Empty where there are too few samples for one.</summary>
    private string Interval => double.IsFinite(Whole.Interval.High) ? Invariant($"{Whole.Interval.Low:0.00} … {Whole.Interval.High:0.00}") : "";

    private static string Times(double? gain) => gain is { } known ? Invariant($"{known:0.00}×") : "";

    private static IEnumerable<IReadOnlyList<DecodingRun>> Half(IReadOnlyList<DecodingRun>[] samples, int which) =>
        samples.Where((_, i) => samples.Length == 1 || i % 2 == which);
}

using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Measurement;
using Course.Inference.Speculation;
using static System.FormattableString;

namespace Course.Benchmarks.Speculation;

/// <summary>One way to speculate.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Decoder">It.</param>
/// <param name="Drafter">Its drafter.</param>
/// <param name="Gamma">The draft length; null where it varies, and then nothing is predicted.</param>
internal sealed record SpeculateSetting(string Name, SpeculativeDecoder Decoder, IDrafter Drafter, int? Gamma);

/// <summary>A part of the benchmark.</summary>
/// <param name="Timings">Every sample.</param>
/// <param name="Headline">What was done.</param>
/// <param name="Rows">A line of the record for each row of the table.</param>
/// <param name="Notes">What they say together.</param>
public sealed record SpeculateSection(IReadOnlyList<Timing> Timings, string Headline, IReadOnlyList<string> Rows, IReadOnlyList<string> Notes)
{
    /// <summary>α, c, V and what else was measured beside times, by name.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>The rows for a reader.</summary>
    public required ResultTable Table { get; init; }

    /// <summary>All of it for the record, a line each.</summary>
    public IEnumerable<string> Findings => [Headline, .. Rows, .. Notes];

    /// <summary>
    /// Times all settings in turn with one baseline. Every other sample gives the costs, the ones between are predicted from them, so that no round predicts itself.
    /// </summary>
    internal static SpeculateSection Compare(
        LatencyMeter meter, string baseline, IDecoder plain, IReadOnlyList<SpeculateSetting> settings, Func<IDecoder, IReadOnlyList<DecodingRun>> write, string headline)
    {
        var runs = new List<IReadOnlyList<DecodingRun>>[settings.Count + 1];
        (string, Action) Thing(string name, IDecoder decoder, int i)
        {
            runs[i] = [];
            return (name, () => runs[i].Add(write(decoder)));
        }

        var all = meter.Interleave([Thing(baseline, plain, 0), .. settings.Select((setting, i) => Thing(setting.Name, setting.Decoder, i + 1))]);
        var samples = runs.Select(taken => taken.TakeLast(all[0].Seconds.Count).ToArray()).ToArray();
        var judgements = settings.Select((setting, i) => SpeculateJudgement.Of(
            setting, new(all[i + 1], all[0]), samples[0], [.. samples.Skip(1)], [.. settings.Index().Where(other => other.Item.Drafter == setting.Drafter).Select(other => other.Index)], i)).ToArray();
        var findings = new List<string>();
        Errors("from α, as if every place were accepted alike", judgements.Select(judgement => judgement.ByAlpha / judgement.Pace), findings);
        Errors("from the rounds' own lengths", judgements.Select(judgement => judgement.ByRounds / judgement.Pace), findings);
        Regret(settings, all, findings);
        var costs = judgements[0].Costs;
        findings.Add("V(M)/V(1) as it occurs: " + string.Join(", ", costs.Target.Points.Select(point => Invariant($"{point.Tokens}: {costs.VerificationCost(point.Tokens):0.00}"))));
        var figures = costs.Target.Points.Select(point => KeyValuePair.Create(Invariant($"{headline}, V({point.Tokens})/V(1)"), costs.VerificationCost(point.Tokens)));
        return new(all, headline, [.. judgements.Select(judgement => judgement.ToString())], findings)
        {
            Figures = figures.Concat(judgements.SelectMany(judgement => judgement.Figures)).ToDictionary(),
            Table = SpeculateJudgement.Table(judgements),
        };
    }

    private static void Errors(string how, IEnumerable<double?> ratios, List<string> findings)
    {
        var errors = ratios.OfType<double>().Select(ratio => ratio - 1).ToArray();
        if (errors.Length > 0)
            findings.Add(Invariant($"predicted over measured, {how}, {Counted.Of(errors.Length, "setting")}: median {Signed.Percent(new Samples(errors).Median)}, worst {Signed.Percent(errors.MaxBy(Math.Abs))}, {errors.Count(error => Math.Abs(error) <= 0.1)} within 10 %, {errors.Count(error => Math.Abs(error) <= 0.05)} within 5 %"));
    }

    /// <summary>What not knowing the best γ costs the length that adapts.</summary>
    private static void Regret(IReadOnlyList<SpeculateSetting> settings, IReadOnlyList<Timing> timings, List<string> findings)
    {
        var timed = settings.Zip(timings.Skip(1)).ToArray();
        foreach (var (adaptive, timing) in timed.Where(pair => pair.First.Gamma is null))
        {
            var best = timed.Where(pair => pair.First.Gamma is not null && pair.First.Drafter == adaptive.Drafter).MinBy(pair => pair.Second.Median);
            findings.Add(Invariant($"{adaptive.Name}: {Signed.Percent(new Comparison(best.Second, timing).Ratio - 1)} time against the best fixed length, {best.First.Name}"));
        }
    }
}

using Course.Inference.Decoding;
using Course.Inference.Measurement;
using Course.Inference.Speculation;
using static System.FormattableString;

namespace Course.Cli.Benchmarks;

/// <summary>One way to speculate, and what its drafter's calls cost.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Decoder">It.</param>
/// <param name="Draft">Null for a drafter without a model.</param>
/// <param name="Gamma">The draft length; null where it varies, and then nothing is predicted.</param>
internal sealed record SpeculateSetting(string Name, SpeculativeDecoder Decoder, SpeculateCalls? Draft, int? Gamma);

/// <summary>A part of the benchmark.</summary>
/// <param name="Timings">Every sample.</param>
/// <param name="Findings">What they say.</param>
internal sealed record SpeculateSection(IReadOnlyList<Timing> Timings, IReadOnlyList<string> Findings)
{
    /// <summary>Times all settings in turn with one baseline and with the calls that predict them, and sets each speed-up beside its two predictions.</summary>
    public static SpeculateSection Compare(
        LatencyMeter meter, string baseline, IDecoder plain, SpeculateCalls target, IReadOnlyList<SpeculateSetting> settings,
        Func<IDecoder, IReadOnlyList<SpeculationTrace>> write, string headline)
    {
        var traces = new Dictionary<string, IReadOnlyList<SpeculationTrace>>();
        var drafts = settings.Select(setting => setting.Draft).OfType<SpeculateCalls>().Distinct().ToArray();
        var all = meter.Interleave(
        [
            (baseline, () => write(plain)), .. settings.Select(setting => (setting.Name, (Action)(() => traces[setting.Name] = write(setting.Decoder)))),
            .. target.Things, .. drafts.SelectMany(draft => draft.Things),
        ]);
        var findings = new List<string> { headline };
        var (geometric, exact) = (new List<double>(), new List<double>());
        foreach (var (setting, timing) in settings.Zip(all.Skip(1)))
        {
            var measured = new Comparison(timing, all[0]);
            var trace = new SpeculationTrace([.. traces[setting.Name].SelectMany(trace => trace.Steps)]);
            var costs = new SpeculationCosts(target.Times(all), setting.Draft?.Times(all) ?? CallTimes.None);
            var line = Invariant($"{setting.Name}: {measured.Ratio:0.00}× (95 % {measured.Interval.Low:0.00} … {measured.Interval.High:0.00}), α={trace.AcceptanceRate:0.000}, {trace.TokensPerRound:0.00} tokens a round, c={costs.DraftCost():0.000}, neither model {trace.Overhead:P1}");
            if (setting.Gamma is { } gamma && trace.AcceptanceRate is { } alpha)
            {
                var (byAlpha, byRounds) = (costs.Law(alpha).Speedup(gamma), ByRounds(trace, costs));
                geometric.Add((byAlpha / measured.Ratio) - 1);
                exact.Add((byRounds / measured.Ratio) - 1);
                line += Invariant($"; predicted {byAlpha:0.00} from α, {byRounds:0.00} from its rounds");
            }
            findings.Add(line);
        }
        Errors("from α, as if every place were accepted alike", geometric, findings);
        Errors("from the rounds' own lengths", exact, findings);
        Regret(settings, all, findings);
        var V = target.Times(all);
        findings.Add("V(M)/V(1): " + string.Join(", ", V.Points.Select(point => Invariant($"{point.Tokens}: {point.Seconds / V.At(1):0.00}"))));
        return new(all, findings);
    }

    /// <summary>The law without an assumption on how acceptance falls on places: every round of the run priced by what it drafted, under the cost of its tokens one by one.</summary>
    private static double ByRounds(SpeculationTrace trace, SpeculationCosts costs) =>
        trace.Emitted * costs.Target.At(1) / trace.Steps.Sum(step => costs.Target.At(step.Drafted + 1) + (step.Drafted * costs.Draft.At(1)));

    private static void Errors(string how, List<double> errors, List<string> findings)
    {
        if (errors.Count > 0)
            findings.Add(Invariant($"predicted over measured, {how}, {errors.Count} settings: median {new Samples(errors).Median:+0.0%;-0.0%}, worst {errors.MaxBy(Math.Abs):+0.0%;-0.0%}, {errors.Count(error => Math.Abs(error) <= 0.1)} within 10 %"));
    }

    /// <summary>What not knowing the best γ costs the length that adapts.</summary>
    private static void Regret(IReadOnlyList<SpeculateSetting> settings, IReadOnlyList<Timing> timings, List<string> findings)
    {
        var timed = settings.Zip(timings.Skip(1)).ToArray();
        foreach (var (adaptive, timing) in timed.Where(pair => pair.First.Gamma is null))
        {
            var best = timed.Where(pair => pair.First.Gamma is not null && pair.First.Draft == adaptive.Draft).MinBy(pair => pair.Second.Median);
            findings.Add(Invariant($"{adaptive.Name}: {new Comparison(best.Second, timing).Ratio - 1:+0.0%;-0.0%} time against the best fixed length, {best.First.Name}"));
        }
    }
}

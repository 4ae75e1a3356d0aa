using Course.Inference.Decoding;
using Course.Inference.Measurement;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using static System.FormattableString;
using static TorchSharp.torch;

namespace Course.Cli.Benchmarks;

/// <summary>`course bench speculate`: what speculation gains over cached decoding of the same models in the same run, and what the law says that it should.</summary>
internal static class SpeculateBenchmark
{
    public static BenchReport Run(bool quick, MeasurementOptions options, TextWriter progress)
    {
        var meter = new LatencyMeter(CPU, options);
        using var pair = new SpeculatePair();
        var (texts, tokens) = quick ? (1, 8) : (4, 64);
        var sections = new List<SpeculateSection>();
        foreach (var (name, sampling) in new[] { ("T=0", SamplingOptions.Greedy), ("T=1", SamplingOptions.Default) })
        {
            progress.WriteLine($"the pair at {name} …");
            sections.Add(Pair(pair, meter, name, sampling, texts, tokens));
        }

        progress.WriteLine("copying …");
        sections.Add(Copying(pair, meter, tokens));
        progress.WriteLine("batches …");
        sections.Add(SpeculateBatches.Run(pair, meter, quick ? [1, 2] : [1, 2, 4, 8, 16], tokens));
        progress.WriteLine("the large shape …");
        sections.Add(SpeculateLargeShape.Run(quick ? BenchModel.Small : BenchModel.Large, meter, tokens));
        return new("speculate", [.. sections.SelectMany(section => section.Timings)], [.. sections.SelectMany(section => section.Findings)]);
    }

    /// <summary>Every drafter at several lengths, all in turn with cached decoding, and each beside its prediction from α, c and V measured here.</summary>
    private static SpeculateSection Pair(SpeculatePair pair, LatencyMeter meter, string name, SamplingOptions sampling, int texts, int tokens)
    {
        var target = CallTimes.Measure(pair.Target, [1, 2, 3, 4, 5, 6, 7, 9], sampling, meter);
        (string Name, IDrafter Drafter, CallTimes Times, int[] Lengths)[] drafters =
        [
            ("draft", new ModelDrafter(pair.Draft), CallTimes.Measure(pair.Draft, [1], sampling, meter), [1, 2, 3, 4, 6, 8]),
            ("lookup", new PromptLookupDrafter(), CallTimes.None, [2, 4]),
            ("int4", new ModelDrafter(pair.Int4), CallTimes.Measure(pair.Int4, [1], sampling, meter), [2, 4]),
            ("early", new ModelDrafter(pair.Early), CallTimes.Measure(pair.Early, [1], sampling, meter), [2]),
        ];
        var prompts = pair.Prompts.Take(texts).ToArray();
        var settings = drafters.SelectMany(drafter => drafter.Lengths.Select(gamma => new SpeculateSetting(
            Invariant($"{name} {drafter.Name} γ={gamma}"), new SpeculativeDecoder(pair.Target, drafter.Drafter, new() { DraftLength = gamma }), new(target, drafter.Times), gamma))).ToList();
        var costs = new SpeculationCosts(target, drafters[0].Times);
        settings.Add(new(
            $"{name} draft γ=auto", new SpeculativeDecoder(pair.Target, drafters[0].Drafter, new() { DraftLength = 16, Length = () => new AdaptiveDraftLength(costs) }), costs, null));
        return SpeculateSection.Compare(
            meter, $"{name} cached", new CachedDecoder(pair.Target), settings, decoder => SpeculatePair.Write(decoder, prompts, tokens, sampling),
            Invariant($"{name}: draft c={costs.DraftCost():0.000}, V(5)/V(1)={costs.VerificationCost(5):0.00}, int4 c={drafters[2].Times.At(1) / target.At(1):0.00}"));
    }

    private static SpeculateSection Copying(SpeculatePair pair, LatencyMeter meter, int tokens)
    {
        var target = CallTimes.Measure(pair.Target, [1, 2, 3, 5, 9, 13, 17], SamplingOptions.Greedy, meter);
        var settings = new[] { 4, 8, 12, 15 }.Select(gamma => new SpeculateSetting(
            Invariant($"copying lookup γ={gamma}"), new SpeculativeDecoder(pair.Target, new PromptLookupDrafter(), new() { DraftLength = gamma }), new(target, CallTimes.None), gamma));
        return SpeculateSection.Compare(
            meter, "copying cached", new CachedDecoder(pair.Target), [.. settings], decoder => SpeculatePair.Write(decoder, [pair.Copying], 2 * tokens, SamplingOptions.Greedy),
            "copying: a prompt of sentences that recur");
    }
}

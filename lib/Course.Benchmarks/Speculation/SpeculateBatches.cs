using Course.Inference.Decoding;
using Course.Inference.Decoding.Batching;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Measurement;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Speculation.Batching;
using static System.FormattableString;

namespace Course.Benchmarks.Speculation;

/// <summary>Batch pressure: from which batch size on does speculation lose, where does the law put that, and what does the off-switch lose to the better of both?</summary>
internal static class SpeculateBatches
{
    private const int Most = 4; // γ
    private const int Texts = 8; // of small batches several

    private static readonly int[] Lengths = [1, 3];

    public static SpeculateSection Run(SpeculatePair pair, LatencyMeter meter, int[] sizes, int tokens, int calibrations)
    {
        var options = new DecodingOptions { MaxTokens = tokens };
        var drafter = pair.DraftInt8;
        var costs = BatchCosts.Measure(pair.Target, drafter, pair.Prompts, sizes, [.. Enumerable.Range(1, Most)], options with { MaxTokens = 16 }, calibrations);
        var auto = new SpeculationOptions { DraftLength = Most, Length = () => new AdaptiveDraftLength(costs, Most) };
        var results = sizes.Select(rows => Race(pair, meter, drafter, auto, rows, options)).ToArray();

        var figures = results.SelectMany(result => result.Figures).ToDictionary();
        var findings = new List<string>();
        foreach (var (which, γ) in Lengths.Index())
        {
            var measured = Crossover.Of(sizes, [.. results.Select(result => result.Gains[which].Measured)]);
            var predicted = Crossover.Of(sizes, [.. results.Select(result => result.Gains[which].Predicted)]);
            findings.Add($"speculation at γ={γ} loses from a batch of {Size(measured)} on, measured; predicted {Size(predicted)}");
            foreach (var (how, crossover) in new[] { ("measured", measured), ("predicted", predicted) })
                if (double.IsFinite(crossover))
                    figures.Add(Invariant($"crossover at γ={γ}, {how}"), crossover);
        }
        findings.Add(Invariant($"auto against the better of plain and γ={string.Join(", ", Lengths)}: at worst {Signed.Percent(results.Max(result => result.Loss))} time"));
        var headline = Invariant($"batches at T=1, int8 draft, {tokens} tokens a sequence; auto goes by steps measured before");
        return new([.. results.SelectMany(result => result.Timings)], headline, [.. results.Select(result => result.ToString())], findings) { Figures = figures, Table = BatchRace.Table(results) };

        string Size(double crossover) => double.IsFinite(crossover) ? Invariant($"{crossover:0.0}") : Invariant($"more than {sizes[^1]}");
    }

    private static BatchRace Race(SpeculatePair pair, LatencyMeter meter, IDrafter drafter, SpeculationOptions auto, int rows, DecodingOptions options)
    {
        SequenceRequest[] Requests(int batch) => [.. Enumerable.Range(batch * rows, rows).Select(row =>
            new SequenceRequest(pair.Prompts[row % pair.Prompts.Count], options, new SeededRandomness((ulong)row)))];
        Func<SequenceRequest[]>[] batches = [.. Enumerable.Range(0, Math.Max(1, Texts / rows)).Select(batch => (Func<SequenceRequest[]>)(() => Requests(batch)))];
        BatchWay Speculative(string name, SpeculationOptions how)
        {
            var decoder = new SpeculativeDecoder(pair.Target, drafter, how);
            return new(Invariant($"B={rows} {name}"), batches, requests => decoder.Decode(requests).ToEnd().Steps);
        }

        var plain = new BatchDecoder(pair.Target);
        BatchWay[] ways =
        [
            new(Invariant($"B={rows} cached"), batches, requests => plain.Decode(requests).ToEnd().Steps),
            .. Lengths.Select(γ => Speculative(Invariant($"γ={γ}"), new() { DraftLength = γ })),
            Speculative("auto", auto),
        ];
        return new(rows, Lengths, ways, meter.Interleave([.. ways.Select(way => (way.Name, (Action)way.Run))]));
    }
}

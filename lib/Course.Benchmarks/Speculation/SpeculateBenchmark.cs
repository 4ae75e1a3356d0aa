using Course.Benchmarks.Decoding;
using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Measurement;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Speculation.Batching;
using static System.FormattableString;
using static TorchSharp.torch;

namespace Course.Benchmarks.Speculation;

/// <summary>`course bench speculate`: what speculation gains over cached decoding of the same models in the same run, and what the law says that it should.</summary>
public static class SpeculateBenchmark
{
    /// <summary>The parts, each short enough to be run by itself.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["t0", "t1", "copying", "batches", "large"];

    /// <param name="quick">Whether the command works, and no more.</param>
    /// <param name="options">How often each thing is done.</param>
    /// <param name="only">The one section wanted; null for all.</param>
    /// <param name="show">Gets each section as it ends: all of them take long.</param>
    /// <param name="progress">Is told which section begins.</param>
    public static BenchReport Run(bool quick, MeasurementOptions options, string? only, Action<SpeculateSection> show, TextWriter progress)
    {
        var meter = new LatencyMeter(CPU, options);
        using var pair = new SpeculatePair();
        var (texts, tokens) = quick ? (1, 24) : (4, 64);
        var sections = new List<SpeculateSection>();
        foreach (var name in Sections.Where(section => only is null || section == only))
        {
            progress.WriteLine($"{name} …");
            sections.Add(name switch
            {
                "t0" => Pair(pair, meter, "T=0", SamplingOptions.Greedy, texts, tokens),
                "t1" => Pair(pair, meter, "T=1", SamplingOptions.Default, texts, tokens),
                "copying" => Copying(pair, meter, tokens),
                "batches" => SpeculateBatches.Run(pair, meter, quick ? [1, 2] : [1, 2, 3, 4, 6, 8, 16], tokens, calibrations: quick ? 1 : 11),
                _ => SpeculateLargeShape.Run(quick ? BenchModel.Small : BenchModel.Large, meter, tokens),
            });
            show(sections[^1]);
        }
        return new(only is null ? "speculate" : $"speculate-{only}", [.. sections.SelectMany(section => section.Timings)], [.. sections.SelectMany(section => section.Findings)])
        {
            Figures = sections.SelectMany(section => section.Figures).ToDictionary(),
        };
    }

    /// <summary>Every drafter at several lengths, all in turn with cached decoding, and each beside its prediction from α, c and V as they occur in the other turns.</summary>
    private static SpeculateSection Pair(SpeculatePair pair, LatencyMeter meter, string name, SamplingOptions sampling, int texts, int tokens)
    {
        (string Name, IDrafter Drafter, int[] Lengths)[] drafters =
        [
            ("draft", pair.Draft, [1, 2, 3, 4, 5, 6, 7]),
            ("int8 draft", pair.DraftInt8, [1, 2, 3, 4, 5, 6, 7]),
            ("lookup", pair.Lookup, [2, 4]),
            ("int4", pair.Int4, [2, 4]),
            ("early", pair.Early, [2, 4]),
        ];
        var prompts = pair.Prompts.Take(texts).ToArray();
        var settings = drafters.SelectMany(drafter => drafter.Lengths.Select(gamma => new SpeculateSetting(
            Invariant($"{name} {drafter.Name} γ={gamma}"), new SpeculativeDecoder(pair.Target, drafter.Drafter, new() { DraftLength = gamma }), drafter.Drafter, gamma))).ToList();
        // Of rounds as they occur, before the race: what it costs to guess is known to a service from its own past.
        var costs = BatchCosts.Measure(pair.Target, pair.DraftInt8, prompts, [1], [1, 2, 3, 5, 7, 11], new() { MaxTokens = 32, Sampling = sampling }, turns: tokens > 32 ? 7 : 1);
        settings.Add(new(
            $"{name} int8 draft γ=auto", new SpeculativeDecoder(pair.Target, pair.DraftInt8, new() { DraftLength = 15, Length = () => new AdaptiveDraftLength(costs, most: 15) }), pair.DraftInt8, null));
        return SpeculateSection.Compare(
            meter, $"{name} cached", new CachedDecoder(pair.Target), settings, decoder => SpeculatePair.Write(decoder, prompts, tokens, sampling),
            Invariant($"{name}: {Counted.Of(texts, "opening")}, {tokens} tokens each"));
    }

    /// <summary>Behind the passage that the target goes on with most: where its answer copies nothing, there is nothing to look up.</summary>
    private static SpeculateSection Copying(SpeculatePair pair, LatencyMeter meter, int tokens)
    {
        var drafter = pair.Lookup;
        var settings = new[] { 3, 5, 10, 15 }.Select(gamma => new SpeculateSetting(
            Invariant($"copying lookup γ={gamma}"), new SpeculativeDecoder(pair.Target, drafter, new() { DraftLength = gamma }), drafter, gamma));
        var answer = SpeculatePair.Write(new CachedDecoder(pair.Target), pair.Copying, 2 * tokens, SamplingOptions.Greedy).MaxBy(Copies)!;
        return SpeculateSection.Compare(
            meter, "copying cached", new CachedDecoder(pair.Target), [.. settings], decoder => SpeculatePair.Write(decoder, [[.. answer.Prompt]], 2 * tokens, SamplingOptions.Greedy),
            Invariant($"copying: {Copies(answer)} of {answer.Tokens.Count} tokens of the answer end four in a row that stood before"));
    }

    private static int Copies(DecodingRun run)
    {
        int[] text = [.. run.Prompt, .. run.Tokens.Select(token => token.Token)];
        return Enumerable.Range(run.Prompt.Count + 1, run.Tokens.Count).Count(end => text.AsSpan(0, end - 1).IndexOf(text.AsSpan(end - 4, 4)) >= 0);
    }
}

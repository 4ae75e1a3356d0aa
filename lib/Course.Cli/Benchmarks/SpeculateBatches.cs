using Course.Inference.Decoding.Batching;
using Course.Inference.Measurement;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Speculation.Batching;
using static System.FormattableString;

namespace Course.Cli.Benchmarks;

/// <summary>Batch pressure: from which batch size on does speculation lose, where does the law put that, and what does the off-switch save?</summary>
internal static class SpeculateBatches
{
    private const int Gamma = 3;

    public static SpeculateSection Run(SpeculatePair pair, LatencyMeter meter, int[] sizes, int tokens)
    {
        var sampling = SamplingOptions.Default;
        int[] counts = [1, 2, 4, 8, 12, 16, 24, 32, 48, 64];
        var most = sizes.Max() * (Gamma + 1);
        var costs = new SpeculationCosts(
            CallTimes.Measure(pair.Target, [.. counts.Where(count => count <= most)], sampling, meter),
            CallTimes.Measure(pair.Draft, [.. counts.Where(count => count <= sizes.Max())], sampling, meter));
        var (timings, findings) = (new List<Timing>(), new List<string> { Invariant($"batches: γ={Gamma} at T=1") });
        foreach (var rows in sizes)
        {
            BatchRequest[] Requests() => [.. Enumerable.Range(0, rows).Select(row => new BatchRequest(
                pair.Prompts[row % pair.Prompts.Count], new() { MaxTokens = tokens, Sampling = sampling }, new SeededRandomness((ulong)row)))];
            var (judged, accepted) = (0, 0);
            BatchSpeculativeRun Speculate(SpeculationOptions options) => new BatchSpeculativeDecoder(pair.Target, new ModelDrafter(pair.Draft), options).Decode(Requests());
            var taken = meter.Interleave(
                (Invariant($"B={rows} cached"), () => Drain(new BatchDecoder(pair.Target).Decode(Requests()))),
                (Invariant($"B={rows} γ={Gamma}"), () => Drain(Counted(Speculate(new() { DraftLength = Gamma })))),
                (Invariant($"B={rows} auto"), () => Drain(Speculate(new() { DraftLength = 8, Length = () => new AdaptiveDraftLength(costs, most: 8) }))));
            timings.AddRange(taken);
            double plain = taken[0].Median, speculative = taken[1].Median, auto = taken[2].Median;
            var alpha = judged > 0 ? (double)accepted / judged : 0.7;
            findings.Add(Invariant(
                $"B={rows}: γ={Gamma} {plain / speculative:0.00}× of cached (law {costs.Law(alpha, rows).Speedup(Gamma):0.00}); auto {plain / auto:0.00}×, {(auto / Math.Min(plain, speculative)) - 1:+0.0%;-0.0%} against the better of both; {rows * tokens / plain:0} tokens/s cached"));

            BatchSpeculativeRun Counted(BatchSpeculativeRun run)
            {
                Drain(run);
                (judged, accepted) = (run.Steps.Sum(step => step.Judged), run.Steps.Sum(step => step.Accepted));
                return run;
            }
        }
        return new(timings, findings);
    }

    private static void Drain(BatchRun run)
    {
        foreach (var _ in run)
            ;
    }

    private static void Drain(BatchSpeculativeRun run)
    {
        if (run.Steps.Count > 0)
            return;
        foreach (var _ in run)
            ;
    }
}

using Course.Inference.Decoding.Batching;
using Course.Inference.Speculation.Batching;

namespace Course.Benchmarks.Speculation;

/// <summary>One way to serve batches, and the rounds of every time that it has.</summary>
/// <param name="name">For the report.</param>
/// <param name="batches">What is served one after the other: a single short text is too few guesses to tell how many stand.</param>
/// <param name="serve">Serves one of them.</param>
internal sealed class BatchWay(string name, IReadOnlyList<Func<BatchRequest[]>> batches, Func<BatchRequest[], IReadOnlyList<BatchSpeculationStep>> serve)
{
    private readonly List<IReadOnlyList<BatchSpeculationStep>> served = [];

    public string Name => name;

    /// <summary>Serves all; the first round of each batch, which reads its prompts, is not kept.</summary>
    public void Run() => served.Add([.. batches.SelectMany(batch => serve(batch()).Skip(1))]);

    /// <summary>Rounds of the last times, time by time, the batch full.</summary>
    /// <param name="samples">How many of the last times count: those before warmed up.</param>
    /// <param name="rows">Of the full batch.</param>
    public BatchSpeculationStep[][] Rounds(int samples, int rows) =>
        [.. served.TakeLast(samples).Select(steps => steps.Where(step => step.Rows == rows).ToArray())];

    public static IReadOnlyList<BatchSpeculationStep> Plain(BatchDecoder decoder, BatchRequest[] requests) =>
        [.. decoder.Decode(requests).ToEnd().Steps.Select(step => new BatchSpeculationStep(step.Rows, 0, 0, 0, step.Emitted, TimeSpan.Zero, step.Duration))];

    public static IReadOnlyList<BatchSpeculationStep> Speculative(BatchSpeculativeDecoder decoder, BatchRequest[] requests)
    {
        var run = decoder.Decode(requests);
        foreach (var _ in run)
            ;
        return run.Steps;
    }
}

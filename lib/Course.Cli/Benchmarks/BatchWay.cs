using Course.Inference.Decoding.Batching;
using Course.Inference.Speculation.Batching;

namespace Course.Cli.Benchmarks;

/// <summary>One way to serve a batch, and every round that it has taken, run by run.</summary>
internal sealed class BatchWay(string name, Func<IReadOnlyList<BatchSpeculationStep>> run)
{
    private readonly List<IReadOnlyList<BatchSpeculationStep>> runs = [];

    public string Name => name;

    public void Run() => runs.Add(run());

    /// <summary>Rounds of every other of the last runs, the batch full and the prompts read.</summary>
    /// <param name="samples">How many of the last runs count: those before warmed up.</param>
    /// <param name="half">Which half of them, 0 or 1.</param>
    /// <param name="rows">Of the full batch.</param>
    public BatchSpeculationStep[] Rounds(int samples, int half, int rows) =>
        [.. runs.TakeLast(samples).Where((_, i) => samples == 1 || i % 2 == half).SelectMany(steps => steps.Skip(1)).Where(step => step.Rows == rows)];

    public static BatchWay Plain(string name, BatchDecoder decoder, Func<BatchRequest[]> requests) => new(
        name, () => [.. decoder.Decode(requests()).ToEnd().Steps.Select(step => new BatchSpeculationStep(step.Rows, 0, 0, 0, step.Emitted, TimeSpan.Zero, step.Duration))]);

    public static BatchWay Speculative(string name, BatchSpeculativeDecoder decoder, Func<BatchRequest[]> requests) => new(name, () =>
    {
        var run = decoder.Decode(requests());
        foreach (var _ in run)
            ;
        return run.Steps;
    });
}

using Course.Inference.Decoding;

namespace Course.Benchmarks.Speculation;

/// <summary>One way to serve batches, and the rounds of every time that it has.</summary>
/// <param name="name">For the report.</param>
/// <param name="batches">What is served one after the other: a single short text is too few guesses to tell how many stand.</param>
/// <param name="serve">Serves one of them.</param>
internal sealed class BatchWay(string name, IReadOnlyList<Func<SequenceRequest[]>> batches, Func<SequenceRequest[], IReadOnlyList<DecodingStep>> serve)
{
    private readonly List<IReadOnlyList<DecodingStep>> served = [];

    public string Name => name;

    /// <summary>Serves all; the first round of each batch, which reads its prompts, is not kept.</summary>
    public void Run() => served.Add([.. batches.SelectMany(batch => serve(batch()).Skip(1))]);

    /// <summary>Rounds of the last times, time by time, the batch full.</summary>
    /// <param name="samples">How many of the last times count: those before warmed up.</param>
    /// <param name="rows">Of the full batch.</param>
    public DecodingStep[][] Rounds(int samples, int rows) =>
        [.. served.TakeLast(samples).Select(steps => steps.Where(step => step.Sequences.Count == rows).ToArray())];
}

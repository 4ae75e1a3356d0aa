using Course.Inference.Decoding.Batching;
using Course.Inference.Modeling;
using Course.Inference.Speculation;
using Course.Inference.Speculation.Batching;

namespace Course.Mutants;

/// <summary>
/// Speculative decoding as the checks see it: everything that can be wrong with it, and the library's own where nothing else is given.
/// A planted bug replaces one part; so does a candidate's answer.
/// </summary>
public sealed record Subject
{
    /// <summary>The library's.</summary>
    public static Subject Right { get; } = new();

    /// <summary>Acceptance, residual, bonus, the target's cache, the end of the run, the target's sampling.</summary>
    public SpeculationParts Parts { get; init; } = SpeculationParts.Default;

    /// <summary>Makes a drafter of a draft model.</summary>
    public Func<ILanguageModel, IDrafter> Drafter { get; init; } = model => new ModelDrafter(model);

    /// <summary>What trees add.</summary>
    public TreeParts Trees { get; init; } = new();

    /// <summary>What batches add.</summary>
    public BatchSpeculationParts Batch { get; init; } = BatchSpeculationParts.Default;

    /// <summary>What reaches the batch of what was asked for.</summary>
    public Func<IReadOnlyList<BatchRequest>, IReadOnlyList<BatchRequest>> Requests { get; init; } = requests => requests;

    /// <summary>What is said of a run.</summary>
    public Func<SpeculationTrace, RunFigures> Measure { get; init; } = RunFigures.Of;

    public SpeculativeDecoder Decoder(ILanguageModel target, ILanguageModel draft, int gamma) =>
        new(target, Drafter(draft), new() { DraftLength = gamma }, parts: Parts);
}

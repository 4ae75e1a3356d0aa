using Course.Inference.Decoding.Batching;
using Course.Inference.Modeling;

namespace Course.Inference.Speculation.Batching;

/// <summary>
/// Speculation for many rows at once: one call of the target verifies every row's draft. Rows accept different numbers of tokens, so each
/// cache row is rewound for itself; a row that has ended leaves. Each row's law is its own target's, as if it were alone.
/// </summary>
public sealed class BatchSpeculativeDecoder
{
    private readonly ILanguageModel target;
    private readonly IBatchDrafter drafter;
    private readonly SpeculationOptions speculation;
    private readonly BatchSpeculationParts parts;
    private readonly TimeProvider time;

    /// <param name="target">The model whose law is emitted.</param>
    /// <param name="drafter">Guesses for it.</param>
    /// <param name="options">How many tokens to draft; an <see cref="AdaptiveDraftLength"/> drafts none when the batch makes it a loss.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="parts">The decisions that it is made of.</param>
    /// <exception cref="CourseException">The drafter's vocabulary is not the target's, or an option is out of its range.</exception>
    public BatchSpeculativeDecoder(
        ILanguageModel target, IBatchDrafter drafter, SpeculationOptions? options = null, TimeProvider? time = null, BatchSpeculationParts? parts = null)
    {
        drafter.RequireFit(target);
        (this.target, this.drafter, this.time) = (target, drafter, time ?? TimeProvider.System);
        speculation = (options ?? new()).Validated(target.ContextLength);
        this.parts = parts ?? BatchSpeculationParts.Default;
    }

    /// <summary>A run over the requests. Nothing is computed before it is enumerated; then tokens are handed out as they come.</summary>
    /// <exception cref="CourseException">There are no requests, a prompt is empty or longer than the context, or an option is out of its range.</exception>
    public BatchSpeculativeRun Decode(IReadOnlyList<BatchRequest> requests, CancellationToken cancellation = default) =>
        new(new(target), drafter, requests, speculation, parts, time, cancellation);
}

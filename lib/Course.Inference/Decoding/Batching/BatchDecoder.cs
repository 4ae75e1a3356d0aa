using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding.Batching;

/// <summary>
/// Continues many prompts in one batch: in every call each sequence brings one token, or the next chunk of its prompt, and the weights are
/// read once for all. A sequence that has ended leaves. Each one's distribution is its own, as if it were alone.
/// </summary>
public sealed class BatchDecoder(ILanguageModel model, TimeProvider? time = null, FeedOptions? feed = null)
{
    private readonly LoopOptions options = new() { Feed = (feed ?? FeedOptions.Default).Validated(), Time = time ?? TimeProvider.System };

    /// <summary>A run over the requests. Nothing is computed before it is enumerated; then each token is handed out as it comes.</summary>
    /// <exception cref="CourseException">
    /// There are no requests, a prompt is empty or longer than the context, or an option is out of its range.
    /// </exception>
    public BatchRun Decode(IReadOnlyList<SequenceRequest> requests, CancellationToken cancellation = default) =>
        new(new(model, options), requests, model.ContextLength, cancellation);

    /// <summary>One way to draw and to stop for all prompts; prompt i draws with the seed's randomness of request i.</summary>
    /// <inheritdoc cref="Decode(IReadOnlyList{SequenceRequest}, CancellationToken)"/>
    public BatchRun Decode(IReadOnlyList<IReadOnlyList<int>> prompts, DecodingOptions options, SeededRandomness seed, CancellationToken cancellation = default) =>
        Decode([.. prompts.Select((prompt, row) => new SequenceRequest(prompt, options, seed.ForRequest((ulong)row)))], cancellation);
}

using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Trees;

/// <summary>
/// <see cref="SpeculativeDecoder"/> with several candidates at a place: the target verifies all nodes of a tree in one pass, and the path that stands is kept.
/// Emits the target's law exactly, whatever the drafter guesses; with one candidate at every place it is plain speculation.
/// </summary>
public sealed class TreeSpeculativeDecoder : IDecoder
{
    private readonly ILanguageModel target;
    private readonly ITreeDrafter drafter;
    private readonly TreeSpeculationOptions speculation;
    private readonly SpeculationParts parts;
    private readonly TimeProvider? time;

    /// <param name="target">The model whose law is emitted.</param>
    /// <param name="drafter">Guesses for it.</param>
    /// <param name="options">The tree.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="parts">The decisions that it is made of.</param>
    /// <exception cref="CourseException">The drafter's vocabulary is not the target's, or the tree has no room in the target's context.</exception>
    public TreeSpeculativeDecoder(
        ILanguageModel target, ITreeDrafter drafter, TreeSpeculationOptions? options = null, TimeProvider? time = null, SpeculationParts? parts = null)
    {
        drafter.RequireFit(target);
        (this.target, this.drafter, this.time) = (target, drafter, time);
        speculation = (options ?? new()).Validated(target.ContextLength);
        this.parts = parts ?? SpeculationParts.Default;
    }

    /// <inheritdoc cref="IDecoder.Decode"/>
    public SpeculativeRun Decode(IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation = default)
    {
        var metered = new MeteredModel(target);
        var record = new List<SpeculationStep>();
        TreeRound Begin() => new(metered, drafter, speculation.Shape, parts, options, prompt.Count, randomness, time ?? TimeProvider.System, record, cancellation);
        return new(metered, prompt, options, Begin, time, parts.Stops(options.Validated(), target.ContextLength), record, cancellation);
    }

    DecodingRun IDecoder.Decode(IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation) =>
        Decode(prompt, options, randomness, cancellation);
}

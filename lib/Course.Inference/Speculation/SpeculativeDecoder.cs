using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation;

/// <summary>
/// Drafts a few tokens cheaply and has the target verify all of them in one pass, which costs about what one token does
/// while weights, not arithmetic, are what the machine waits for. Emits the target's law exactly, whatever the drafter guesses.
/// </summary>
public sealed class SpeculativeDecoder : IDecoder
{
    private readonly ILanguageModel target;
    private readonly IDrafter drafter;
    private readonly SpeculationOptions speculation;
    private readonly SpeculationParts parts;
    private readonly TimeProvider? time;

    /// <param name="target">The model whose law is emitted.</param>
    /// <param name="drafter">Guesses for it.</param>
    /// <param name="options">How many tokens to draft.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="parts">The decisions that it is made of.</param>
    /// <exception cref="CourseException">The drafter's vocabulary is not the target's, or an option is out of its range.</exception>
    public SpeculativeDecoder(
        ILanguageModel target, IDrafter drafter, SpeculationOptions? options = null, TimeProvider? time = null, SpeculationParts? parts = null)
    {
        drafter.RequireFit(target);
        (this.target, this.drafter, this.time) = (target, drafter, time);
        speculation = (options ?? new()).Validated(target.ContextLength);
        this.parts = parts ?? SpeculationParts.Default;
    }

    /// <inheritdoc cref="IDecoder.Decode"/>
    public SpeculativeRun Decode(
        IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation = default)
    {
        var metered = new MeteredModel(target);
        var record = new List<SpeculationStep>();
        SpeculativeRound Begin() => new(metered, drafter, speculation, parts, options, prompt.Count, randomness, time ?? TimeProvider.System, record, cancellation);
        return new(metered, prompt, options, Begin, time, parts.Stops(options.Validated(), target.ContextLength), record, cancellation);
    }

    DecodingRun IDecoder.Decode(IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation) =>
        Decode(prompt, options, randomness, cancellation);
}

/// <summary>A run that also knows how its tokens came.</summary>
public sealed class SpeculativeRun : DecodingRun
{
    private readonly IReadOnlyList<SpeculationStep> record;

    internal SpeculativeRun(
        MeteredModel model, IReadOnlyList<int> prompt, DecodingOptions options, Func<IDecodingRound> begin,
        TimeProvider? time, StopRule stops, IReadOnlyList<SpeculationStep> record, CancellationToken cancellation)
        : base(model, prompt, options, begin, time, stops, cancellation) => this.record = record;

    /// <summary>The rounds so far.</summary>
    public SpeculationTrace Trace => SpeculationTrace.Of(record, Tokens.Count);
}

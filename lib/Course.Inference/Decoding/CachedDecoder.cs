using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding;

/// <summary>
/// Feeds each token once and keeps its keys and values: the prompt in one call or in chunks, then one token a call.
/// The same tokens as <see cref="NaiveDecoder"/> for P + n − 1 token passes.
/// </summary>
public sealed class CachedDecoder(ILanguageModel model, TimeProvider? time = null, FeedOptions? feed = null) : IDecoder
{
    private readonly LoopOptions options = new() { Feed = (feed ?? FeedOptions.Default).Validated(), Time = time ?? TimeProvider.System };

    public DecodingRun Decode(
        IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation = default)
    {
        var sequence = new Sequence(new(prompt, options, randomness), model.ContextLength);
        var loop = new DecodingLoop(model, this.options);
        return new(sequence, loop.Target, loop.TokensOf(sequence, null, cancellation));
    }
}

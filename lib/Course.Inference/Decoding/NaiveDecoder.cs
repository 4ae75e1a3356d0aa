using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding;

/// <summary>
/// Feeds the whole sequence for every token and remembers nothing: n tokens after a prompt of P cost P + (P+1) + … + (P+n−1)
/// token passes. Slow, and the oracle of every decoder that is not: it shares nothing with <see cref="DecodingLoop"/>.
/// </summary>
public sealed class NaiveDecoder(ILanguageModel model, TimeProvider? time = null) : IDecoder
{
    public DecodingRun Decode(
        IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation = default)
    {
        var sequence = new Sequence(new(prompt, options, randomness), model.ContextLength);
        var metered = new MeteredModel(model);
        return new(sequence, metered, Tokens(metered, sequence, new(options.Sampling, randomness), cancellation));
    }

    private IEnumerable<DecodedToken> Tokens(MeteredModel metered, Sequence sequence, Sampler sampler, CancellationToken cancellation)
    {
        sequence.Begin(time ?? TimeProvider.System);
        while (sequence.Stopped is null)
        {
            if (cancellation.IsCancellationRequested)
            {
                sequence.Stop(StopReason.Cancelled);
                yield break;
            }
            var choice = sampler.Choose(metered.Forward(TokenBatch.Of(sequence.Text)).Last());
            sequence.Append(choice, sequence.Elapsed);
            yield return sequence.Tokens[^1];
        }
    }
}

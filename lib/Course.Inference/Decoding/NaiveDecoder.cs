using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding;

/// <summary>
/// Feeds the whole sequence for every token and remembers nothing: n tokens after a prompt of P cost P + (P+1) + … + (P+n−1)
/// token passes. Slow, and the oracle of every decoder that is not.
/// </summary>
public sealed class NaiveDecoder(ILanguageModel model, TimeProvider? time = null) : IDecoder
{
    public DecodingRun Decode(
        IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation = default)
    {
        var metered = new MeteredModel(model);
        return new(metered, prompt, options, () => new Round(metered, new(options.Sampling, randomness)), time, cancellation: cancellation);
    }

    private sealed class Round(ILanguageModel model, Sampler sampler) : IDecodingRound
    {
        public IReadOnlyList<TokenChoice> Next(ReadOnlySpan<int> sequence) =>
            [sampler.Choose(model.Forward(TokenBatch.Of(sequence)).Last())];

        public void Dispose()
        {
        }
    }
}

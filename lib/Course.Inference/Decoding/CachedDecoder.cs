using Course.Inference.Caching;
using Course.Inference.Models;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding;

/// <summary>
/// Feeds each token once and keeps its keys and values: the prompt in one call, then one token a call.
/// The same tokens as <see cref="NaiveDecoder"/> for P + n − 1 token passes.
/// </summary>
public sealed class CachedDecoder(ILanguageModel model, TimeProvider? time = null) : IDecoder
{
    public DecodingRun Decode(
        IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation = default)
    {
        var metered = new MeteredModel(model);
        return new(metered, prompt, options, () => new Round(metered, new(options.Sampling, randomness)), time, cancellation: cancellation);
    }

    private sealed class Round(ILanguageModel model, Sampler sampler) : IDecodingRound
    {
        private readonly IKeyValueCache cache = model.CreateCache();

        public IReadOnlyList<TokenChoice> Next(ReadOnlySpan<int> sequence)
        {
            var logits = model.Forward(TokenBatch.Of(sequence[cache.Length..]), cache, LogitsOf.LastToken);
            if (cache.Length != sequence.Length)
                throw new InvalidOperationException($"After the step the cache must hold all {sequence.Length} tokens of the sequence; it holds {cache.Length}.");
            return [sampler.Choose(logits.Last())];
        }

        public void Dispose() => cache.Dispose();
    }
}

using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding;

/// <summary>
/// Feeds each token once and keeps its keys and values: the prompt in one call or in chunks, then one token a call.
/// The same tokens as <see cref="NaiveDecoder"/> for P + n − 1 token passes.
/// </summary>
public sealed class CachedDecoder(ILanguageModel model, TimeProvider? time = null, FeedOptions? feed = null) : IDecoder
{
    private readonly FeedOptions feed = (feed ?? FeedOptions.Default).Validated();

    public DecodingRun Decode(
        IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation = default)
    {
        var metered = new MeteredModel(model);
        return new(metered, prompt, options, () => new Round(metered, feed, new(options.Sampling, randomness), cancellation), time, cancellation: cancellation);
    }

    private sealed class Round(ILanguageModel model, FeedOptions feed, Sampler sampler, CancellationToken cancellation) : IDecodingRound
    {
        private readonly IKeyValueCache cache = model.CreateCache(options: feed.Cache);

        public IReadOnlyList<TokenChoice> Next(ReadOnlySpan<int> sequence)
        {
            while (sequence.Length - cache.Length > feed.PrefillChunk)
            {
                Feed(sequence[..(cache.Length + feed.PrefillChunk)], LogitsOf.NoToken);
                if (cancellation.IsCancellationRequested)
                    return [];
            }
            return [sampler.Choose(Feed(sequence, LogitsOf.LastToken).Last())];
        }

        private Logits Feed(ReadOnlySpan<int> sequence, LogitsOf wanted)
        {
            var logits = model.Forward(TokenBatch.Of(sequence[cache.Length..]), cache, wanted);
            if (cache.Length != sequence.Length)
                throw new InvalidOperationException($"After the step the cache must hold all {sequence.Length} tokens of the sequence; it holds {cache.Length}.");
            return logits;
        }

        public void Dispose() => cache.Dispose();
    }
}

using Course.Inference.Caching;

namespace Course.Inference.Models;

/// <summary>
/// A language model as decoders see it: new tokens and what came before them in, logits out,
/// and the exact price of the call. Decoders know nothing else: no layers, no devices.
/// </summary>
public interface ILanguageModel
{
    /// <summary>V: how many tokens the vocabulary has.</summary>
    int VocabularySize { get; }

    /// <summary>The largest S + T that the model can attend over.</summary>
    int ContextLength { get; }

    /// <summary>An empty cache of this model's shape for <paramref name="rows"/> sequences (B).</summary>
    IKeyValueCache CreateCache(int rows = 1);

    /// <summary>
    /// [B, T] → [B, T, V]. Position t of the answer is the distribution (as logits) of the token after token t.
    /// With a cache the T tokens follow the S tokens that it holds, and are appended to it; without one, they are all there is.
    /// </summary>
    /// <exception cref="CourseException">A token is not in the vocabulary, S + T exceeds the context, or the cache is another model's.</exception>
    Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null);

    /// <summary>What <see cref="Forward"/> costs for B rows of T new tokens after S cached ones, from the configuration alone.</summary>
    ForwardCost Cost(int rows, int newTokens, int cached);
}

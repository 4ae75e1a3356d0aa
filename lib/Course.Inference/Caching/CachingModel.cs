using Course.Inference.Modeling;

namespace Course.Inference.Caching;

/// <summary>
/// A model that keeps its keys and values in one kind of cache, also where a call brings none: what a cache's rounding does to predictions
/// can then be measured as a change of weights is.
/// </summary>
/// <param name="model">What computes. It stays its owner's.</param>
/// <param name="options">The kind, unless a caller asks for another.</param>
public sealed class CachingModel(ILanguageModel model, CacheOptions options) : ILanguageModel
{
    private readonly CacheOptions options = options.Validated();

    public int VocabularySize => model.VocabularySize;

    public int ContextLength => model.ContextLength;

    public IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) => model.CreateCache(rows, options ?? this.options);

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default)
    {
        if (cache is not null)
            return model.Forward(tokens, cache, wanted);
        using var own = CreateCache(tokens.Rows);
        return model.Forward(tokens, own, wanted);
    }

    public ForwardCost Cost(ForwardShape shape) => model.Cost(shape);
}

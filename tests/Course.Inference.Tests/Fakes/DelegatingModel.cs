namespace Course.Inference.Tests.Fakes;

/// <summary>Another model, to be changed in one respect.</summary>
public abstract class DelegatingModel(ILanguageModel model) : ILanguageModel
{
    public int VocabularySize => model.VocabularySize;

    public int ContextLength => model.ContextLength;

    public virtual IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) => model.CreateCache(rows, options);

    public virtual Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default) => model.Forward(tokens, cache, wanted);

    public ForwardCost Cost(ForwardShape shape) => model.Cost(shape);
}

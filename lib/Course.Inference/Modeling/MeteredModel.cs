namespace Course.Inference.Modeling;

/// <summary>What was asked of a model.</summary>
/// <param name="Calls">Forward passes.</param>
/// <param name="Tokens">Σ T_r summed over the calls: what was fed, a token as often as it was fed.</param>
/// <param name="Cost">Operations and bytes, from the model's own account.</param>
public readonly record struct ModelUsage(int Calls, long Tokens, ForwardCost Cost)
{
    public static ModelUsage operator +(ModelUsage a, ModelUsage b) => new(a.Calls + b.Calls, a.Tokens + b.Tokens, a.Cost + b.Cost);

    public static ModelUsage operator -(ModelUsage later, ModelUsage earlier) =>
        new(later.Calls - earlier.Calls, later.Tokens - earlier.Tokens, later.Cost - earlier.Cost);
}

/// <summary>A model that keeps an account of its calls and is otherwise the model it stands before.</summary>
public sealed class MeteredModel(ILanguageModel model) : ILanguageModel
{
    public int VocabularySize => model.VocabularySize;

    public int ContextLength => model.ContextLength;

    public ModelUsage Usage { get; private set; }

    public IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) => model.CreateCache(rows, options);

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default)
    {
        // Before the call moves the cache; a cache of other rows is the model's to refuse.
        var shape = cache?.Rows is { } rows && rows != tokens.Rows ? default : ForwardShape.Of(tokens, cache, wanted);
        var logits = model.Forward(tokens, cache, wanted);
        Usage = new(Usage.Calls + 1, Usage.Tokens + tokens.Count, Usage.Cost + model.Cost(shape));
        return logits;
    }

    public ForwardCost Cost(ForwardShape shape) => model.Cost(shape);
}

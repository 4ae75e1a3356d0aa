namespace Course.TakeHome.Contracts;

/// <summary>One call of a model: what its cache held before, and what was fed.</summary>
/// <param name="Cached">Tokens.</param>
/// <param name="Fed">Tokens, [T].</param>
public sealed record ModelCall(IReadOnlyList<int> Cached, IReadOnlyList<int> Fed);

/// <summary>A model that keeps account of its calls: what a run costs, and whether anything was fed twice or from a wrong place.</summary>
public sealed class WatchedModel(TableModel model) : ILanguageModel
{
    private readonly List<ModelCall> calls = [];

    /// <summary>Told of every call before it is answered.</summary>
    public Action<ModelCall>? Before { get; init; }

    public IReadOnlyList<ModelCall> Calls => calls;

    /// <summary>All that was fed, over all calls.</summary>
    public int TokensFed => calls.Sum(call => call.Fed.Count);

    public int VocabularySize => model.VocabularySize;

    public ICache CreateCache() => model.CreateCache();

    public IReadOnlyList<float[]> Forward(IReadOnlyList<int> tokens, ICache cache)
    {
        var call = new ModelCall([.. (cache as TokenCache)?.Tokens ?? []], [.. tokens]);
        Before?.Invoke(call);
        calls.Add(call);
        return model.Forward(tokens, cache);
    }
}

namespace Course.Inference.Modeling;

/// <summary>A cache that knows whose keys and values it holds.</summary>
internal interface IOwnedCache : IKeyValueCache
{
    /// <summary>Which model made it: another's keys would fit in shape and mean nothing.</summary>
    ILanguageModel? Owner { get; }
}

namespace Course.Inference.Caching;

/// <summary>What a model keeps of each token, and of how many: all that a cache has to know of it.</summary>
/// <param name="Layers">L.</param>
/// <param name="KeyValueHeads">Hkv.</param>
/// <param name="HeadWidth">d.</param>
/// <param name="ContextLength">The most tokens of a row.</param>
public readonly record struct CacheShape(int Layers, int KeyValueHeads, int HeadWidth, int ContextLength);

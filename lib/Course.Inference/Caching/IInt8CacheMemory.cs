namespace Course.Inference.Caching;

/// <summary>
/// A quantised cache in host memory, as kernels read and write it: blocks as in <see cref="ICacheMemory"/>, of [Hkv, BlockTokens, d] signed bytes,
/// each block with its scales, [Hkv, BlockTokens] float32. How a vector is rounded is <see cref="Int8Blocks"/>' to say; a kernel must do the same.
/// </summary>
internal unsafe interface IInt8CacheMemory : IModelCache
{
    int BlockTokens { get; }

    /// <summary>[Hkv, BlockTokens, d]</summary>
    sbyte* Keys(int layer, int row, int block);

    /// <summary>[Hkv, BlockTokens]</summary>
    float* KeyScales(int layer, int row, int block);

    /// <inheritdoc cref="Keys"/>
    sbyte* Values(int layer, int row, int block);

    /// <inheritdoc cref="KeyScales"/>
    float* ValueScales(int layer, int row, int block);
}

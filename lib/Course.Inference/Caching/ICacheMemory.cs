namespace Course.Inference.Caching;

/// <summary>
/// A cache of float32 in host memory, as kernels read and write it. A row's tokens lie in blocks of <see cref="BlockTokens"/>:
/// token s in block s / BlockTokens at place s % BlockTokens. A block of one layer is [Hkv, BlockTokens, d], contiguous.
/// A call reserves, writes the new tokens of every layer at places S_r … S_r + T_r − 1, and then advances.
/// </summary>
/// <remarks>
/// Pointers hold until the next <see cref="IModelCache.Reserve"/>, rewind, removal or disposal. Places at or beyond S_r + T_r are garbage of any bits:
/// they must not be read, not even to be multiplied by zero. Blocks may be shared between rows; those that <see cref="IModelCache.Reserve"/>
/// made room in are the row's own from the first reserved place on, and everything before S_r must not be written.
/// </remarks>
internal unsafe interface ICacheMemory : IModelCache
{
    int BlockTokens { get; }

    /// <summary>[Hkv, BlockTokens, d]</summary>
    float* Keys(int layer, int row, int block);

    /// <inheritdoc cref="Keys"/>
    float* Values(int layer, int row, int block);
}

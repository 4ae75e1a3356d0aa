using Course.Inference.Modeling;

namespace Course.Inference.Caching;

/// <summary>The side of a cache that models see. A call reserves, writes every layer, and then advances.</summary>
internal interface IModelCache : IOwnedCache
{
    /// <summary>What kernels read and write; null where it is not float32 in host memory.</summary>
    ICacheMemory? Memory { get; }

    /// <summary>What kernels read and write of a quantised cache; null where it is not that, or not in host memory.</summary>
    IInt8CacheMemory? Int8Memory { get; }

    /// <summary>Makes room for T_r more tokens in every row, or in none. Reserving again without advancing starts over.</summary>
    /// <exception cref="CourseException">There is no room; the cache is as it was.</exception>
    void Reserve(PackedRows newTokens);

    /// <summary>Counts the tokens that every layer has now written.</summary>
    void Advance(PackedRows newTokens);
}

using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>Makes the cache that the options ask for.</summary>
internal static class Caches
{
    /// <summary>Of a model's shape, owned by <paramref name="owner"/>.</summary>
    /// <exception cref="CourseException">There are no rows, an option is out of its range, or there is no memory.</exception>
    public static ITensorCache Create(ILanguageModel owner, CacheShape c, int rows, CacheOptions options, Device device, ScalarType type)
    {
        options.Validated();
        // A quantised cache that is not paged is one of a single block per row.
        return options is { Type: CacheType.AsModel, BlockTokens: null }
            ? new ContiguousCache(c, rows, device, type) { Owner = owner }
            : new PagedCache(c, rows, options, device, type) { Owner = owner };
    }
}

using Course.Inference.Models;
using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>Makes the cache that the options ask for.</summary>
internal static class Caches
{
    /// <summary>Of a Llama-style model's shape, owned by <paramref name="owner"/>.</summary>
    /// <exception cref="CourseException">There are no rows, an option is out of its range, or there is no memory.</exception>
    public static ITensorCache Create(ILanguageModel owner, LlamaConfiguration c, int rows, CacheOptions options, Device device, ScalarType type)
    {
        options.Validated();
        if (options != CacheOptions.Default)
            throw new CourseException("Only contiguous caches in the model's own type are there.");
        return new ContiguousCache(c, rows, device, type) { Owner = owner };
    }
}

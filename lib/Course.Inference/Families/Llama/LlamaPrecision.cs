using Course.Inference.Modeling;

namespace Course.Inference.Families.Llama;

/// <summary>
/// How many bytes a Llama-style model's tensors, activations and cached vectors take. Formats of weights are functions of a tensor's shape.
/// </summary>
public sealed record LlamaPrecision
{
    /// <summary>
    /// Bytes that a gain or a matrix which is multiplied with occupies, the scales of its format included; the head by its own name also
    /// where it is the embedding.
    /// </summary>
    public required Func<TensorSlot, double> TensorBytes { get; init; }

    /// <summary>Bytes that gathering one token's embedding reads.</summary>
    public required double EmbeddingRowBytes { get; init; }

    /// <summary>Bytes of one activation, and of one element of a cache that stores them as they are.</summary>
    public required double ActivationBytes { get; init; }

    /// <summary>Everything in one type of so many bytes.</summary>
    public static LlamaPrecision Of(LlamaConfiguration c, int elementBytes) => new()
    {
        TensorBytes = slot => (double)elementBytes * slot.Count,
        EmbeddingRowBytes = (double)elementBytes * c.Width,
        ActivationBytes = elementBytes,
    };

    /// <summary>Bytes of one head's key, or value, of one token: d elements and, quantised, their scale.</summary>
    public double CachedVectorBytes(int headWidth, CacheType type) => type switch
    {
        CacheType.AsModel => headWidth * ActivationBytes,
        CacheType.Int8 => headWidth + sizeof(float),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such cache."),
    };
}

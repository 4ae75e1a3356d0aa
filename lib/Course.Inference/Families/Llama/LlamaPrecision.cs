using Course.Inference.Modeling;

namespace Course.Inference.Families.Llama;

/// <summary>
/// How many bytes the tensors, activations and cached vectors of a Llama-style model take. A weight format is a
/// function of a tensor's shape.
/// </summary>
public sealed record LlamaPrecision
{
    /// <summary>
    /// Bytes of a gain or of a matrix that multiplies activations, including the scales of its format. The head goes by its own name, even
    /// if it is tied to the embedding.
    /// </summary>
    public required Func<TensorSlot, double> TensorBytes { get; init; }

    /// <summary>Bytes read to look up the embedding of one token.</summary>
    public required double EmbeddingRowBytes { get; init; }

    /// <summary>Bytes of one activation, and of one element of an unquantised cache.</summary>
    public required double ActivationBytes { get; init; }

    /// <summary>Everything in one type of <paramref name="elementBytes"/> bytes.</summary>
    public static LlamaPrecision Of(LlamaConfiguration c, int elementBytes) => new()
    {
        TensorBytes = slot => (double)elementBytes * slot.Count,
        EmbeddingRowBytes = (double)elementBytes * c.Width,
        ActivationBytes = elementBytes,
    };

    /// <summary>Bytes of the key, or the value, of one head of one token: d elements and, if quantised, their scale.</summary>
    public double CachedVectorBytes(int headWidth, CacheType type) => type switch
    {
        CacheType.AsModel => headWidth * ActivationBytes,
        CacheType.Int8 => headWidth + sizeof(float),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such cache."),
    };
}

using Course.Inference.Modeling;

namespace Course.Inference.Families.Llama;

/// <summary>
/// Counts the FLOPs and bytes of a Llama-style forward pass from its configuration alone. The counts are those of the algorithm: the work
/// that every implementation has to do, without any extra work of its own.
/// <list type="bullet">
/// <item>Attention counts the pairs that the causal mask leaves: token t of a sequence sees S + t + 1 keys. A kernel that also multiplies
/// the masked half, or padding, does more.</item>
/// <item>A multiply-add counts as two FLOPs; an addition, product, quotient, root or exponential as one; comparisons, negations and moving
/// data as none. Neither computing the rotary tables nor unpacking a quantised weight or key is counted: the FLOPs are those of the
/// unquantised model.</item>
/// <item>Weights are read once per call, however many sequences and tokens share it: of the embedding only the gathered rows, of a tied
/// head the whole matrix, and nothing of the head if no logits are requested. All layers count all tokens, even if only the last token's
/// logits are requested.</item>
/// <item>Keys and values are written once, and those of all S + T tokens are read once per sequence. Paging changes neither: the block
/// table is negligible.</item>
/// <item>Activations are counted where one step hands them to the next: each is written once and read by every step that uses it. Steps
/// are: gathering the embedding, a norm, a product with a weight matrix, rotation, attention (scores and probabilities stay inside it), the
/// product of SwiGLU, and an addition to the residual stream. New keys and values move from the activations into the cache. Writing the
/// logits is counted; reading them is not.</item>
/// </list>
/// </summary>
public sealed class LlamaCost
{
    private readonly LlamaConfiguration c;
    private readonly LlamaPrecision precision;
    private readonly double layerWeightBytes, headWeightBytes, layerMatrixElements;

    public LlamaCost(LlamaConfiguration configuration, LlamaPrecision precision)
    {
        (c, this.precision) = (configuration.Validated(), precision);
        headWeightBytes = precision.TensorBytes(LlamaLayout.HeadOf(c)) + precision.TensorBytes(LlamaLayout.FinalNormOf(c));
        layerWeightBytes = LlamaLayout.Of(c).Where(slot => slot.InLayer).Sum(precision.TensorBytes);
        layerMatrixElements = LlamaLayout.OfLayer(c, 0).Where(slot => slot.IsMatrix).Sum(slot => (double)slot.Count);
    }

    public ForwardCost Of(ForwardShape shape) => new(
        Flops: shape.NewTokens * FlopsPerToken + shape.Pairs * FlopsPerPair + shape.Answers * FlopsPerAnswer,
        WeightBytes: layerWeightBytes + (shape.Answers > 0 ? headWeightBytes : 0) + shape.NewTokens * precision.EmbeddingRowBytes,
        CacheBytes: (shape.HeldTokens + shape.NewTokens) * CacheBytesPerToken(shape.Cache),
        ActivationBytes: precision.ActivationBytes * (shape.NewTokens * ActivationsPerToken + shape.Answers * ActivationsPerAnswer));

    /// <summary>Bytes of all keys and values of one cached token: 2·L·Hkv vectors.</summary>
    public double CacheBytesPerToken(CacheType type) => 2.0 * c.Layers * c.KeyValueHeads * precision.CachedVectorBytes(c.HeadWidth, type);

    private double Queries => c.QueryWidth;

    private double Keys => c.KeyValueWidth;

    /// <summary>One RMSNorm: Σx² takes 2D; mean, ε, root and reciprocal 4; · scale · gain 2D.</summary>
    private double FlopsPerNorm => 4.0 * c.Width + 4;

    /// <summary>FLOPs of one new token in all layers that do not depend on the number of cached tokens.</summary>
    private double FlopsPerToken
    {
        get
        {
            var products = 2 * layerMatrixElements;             // a product and a sum for each weight
            var rotation = 3 * (Queries + Keys);                // four products and two sums for each pair of q and k
            var swiGlu = 4.0 * c.HiddenWidth;                   // silu: exponential, sum, quotient; · up
            var residual = 2.0 * c.Width;
            return c.Layers * (products + 2 * FlopsPerNorm + rotation + swiGlu + residual);
        }
    }

    /// <summary>
    /// FLOPs of one query and one key, in all heads of all layers: score 2d and its scale 1, softmax 4 (shift, exponential, sum, quotient),
    /// weighted sum of values 2d.
    /// </summary>
    private double FlopsPerPair => c.Layers * (4 * Queries + 5.0 * c.QueryHeads);

    /// <summary>FLOPs of one token's logits: the last norm and the head.</summary>
    private double FlopsPerAnswer => FlopsPerNorm + 2.0 * c.VocabularySize * c.Width;

    /// <summary>Elements written and read per token; the class's summary lists the steps.</summary>
    private double ActivationsPerToken
    {
        get
        {
            // Width D: each of two norms reads and writes 2; q, k, v read 3; gate and up read 2; o and down write 2; each of two
            // additions reads 2 and writes 1.
            var layer = (2 * 2 + 3 + 2 + 2 + 2 * 3) * (double)c.Width
                // Written by the product, read and written by the rotation, read and written by attention, read by the product with o.
                + 6 * Queries
                // k and v: written by their products, read by the rotation and by the copy into the cache.
                + 4 * Keys
                // gate and up: written and read; their product: written and read.
                + 6.0 * c.HiddenWidth;
            return c.Width + c.Layers * layer; // the embedding is written
        }
    }

    /// <summary>Elements per token with logits: the last norm reads and writes D, the head reads D and writes V.</summary>
    private double ActivationsPerAnswer => 3.0 * c.Width + c.VocabularySize;
}

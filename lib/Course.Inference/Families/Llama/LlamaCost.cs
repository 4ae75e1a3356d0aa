using Course.Inference.Modeling;

namespace Course.Inference.Families.Llama;

/// <summary>
/// Counts the operations and bytes of a Llama-style forward pass from its configuration alone. The counts are those of the algorithm:
/// what any implementation has to compute, whatever it computes besides.
/// <list type="bullet">
/// <item>Attention counts the pairs that the causal mask leaves: token t of a row sees S + t + 1 keys. A kernel that also multiplies
/// the masked half, or padding, does more than this says.</item>
/// <item>A multiply-add is two operations; an addition, product, quotient, root or exponential is one; comparisons, negations and moving
/// data are none. The rotary tables are taken as given. Unpacking a quantised weight or key is none either: the count is that of the
/// unquantised model.</item>
/// <item>Weights are read once per call however many rows and tokens share it; of the embedding only the gathered rows, of a tied head the
/// whole matrix, of a head that nobody asks nothing. All layers count all tokens, also where only the last one's answer is wanted.</item>
/// <item>Keys and values are written once, and those of all S + T tokens read once per row. Paging changes neither: the block table is
/// nothing beside them.</item>
/// <item>Activations are counted where one operation hands them to the next: each is written once and read by everyone who takes it.
/// Operations are: gathering the embedding, a norm, a product with a weight matrix, rotation, attention (scores and probabilities stay
/// inside it), the product of SwiGLU, an addition to the residual stream. New keys and values leave the activations for the cache. Logits
/// are written; reading them is the decoder's.</item>
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

    /// <summary>Bytes of all keys and values of one token: 2·L·Hkv vectors.</summary>
    public double CacheBytesPerToken(CacheType type) => 2.0 * c.Layers * c.KeyValueHeads * precision.CachedVectorBytes(c.HeadWidth, type);

    private double Queries => c.QueryWidth;

    private double Keys => c.KeyValueWidth;

    /// <summary>One RMSNorm: Σx² 2D; mean, ε, root, reciprocal; · scale · gain 2D.</summary>
    private double FlopsPerNorm => 4.0 * c.Width + 4;

    /// <summary>What does not depend on how much came before.</summary>
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
    /// One query and one key, in all heads of all layers: score 2d and its scale, softmax 4 (shift, exponential, sum, quotient), mixing 2d.
    /// </summary>
    private double FlopsPerPair => c.Layers * (4 * Queries + 5.0 * c.QueryHeads);

    /// <summary>The last norm and the head.</summary>
    private double FlopsPerAnswer => FlopsPerNorm + 2.0 * c.VocabularySize * c.Width;

    /// <summary>Elements written and read per token; see the remarks of the class for what an operation is.</summary>
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

    /// <summary>The last norm reads and writes, the head reads and writes.</summary>
    private double ActivationsPerAnswer => 3.0 * c.Width + c.VocabularySize;
}

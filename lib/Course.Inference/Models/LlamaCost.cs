namespace Course.Inference.Models;

/// <summary>
/// Counts the operations and bytes of a Llama-style forward pass from its configuration alone. The counts are those of the algorithm:
/// what any implementation has to compute, whatever it computes besides.
/// <list type="bullet">
/// <item>Attention counts the pairs that the causal mask leaves: token t of the call sees S + t + 1 keys. A kernel that also multiplies
/// the masked half does more than this says.</item>
/// <item>A multiply-add is two operations; an addition, product, quotient, root or exponential is one; comparisons, negations and moving data are none.
/// The rotary tables are taken as given.</item>
/// <item>Weights are read once per call whatever B and T are; of the embedding only the gathered rows, of a tied head the whole matrix.</item>
/// <item>Keys and values are written once, and those of all S + T tokens read once per row.</item>
/// <item>Activations are counted where one operation hands them to the next: each is written once and read by everyone who takes it.
/// Operations are: gathering the embedding, a norm, a product with a weight matrix, rotation, attention (scores and probabilities stay inside it),
/// the product of SwiGLU, an addition to the residual stream. New keys and values leave the activations for the cache. Logits are written; reading them is the decoder's.</item>
/// </list>
/// </summary>
public static class LlamaCost
{
    /// <param name="c">The shape.</param>
    /// <param name="elementBytes">Bytes of one weight, activation and cache element.</param>
    /// <param name="rows">B.</param>
    /// <param name="newTokens">T.</param>
    /// <param name="cached">S.</param>
    public static ForwardCost Of(LlamaConfiguration c, int elementBytes, int rows, int newTokens, int cached)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(newTokens, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(cached);
        double tokens = (double)rows * newTokens;
        // Σ over t < T of (S + t + 1)
        var pairs = rows * (newTokens * (double)cached + newTokens * (newTokens + 1.0) / 2);
        return new(
            Flops: tokens * FlopsPerToken(c) + pairs * FlopsPerPair(c),
            WeightBytes: elementBytes * (MatrixWeights(c) + GainWeights(c) + tokens * c.Width),
            CacheBytes: elementBytes * 2.0 * rows * (cached + 2.0 * newTokens) * c.Layers * Keys(c),
            ActivationBytes: elementBytes * tokens * ActivationsPerToken(c));
    }

    /// <summary>H·d: the width of all query heads.</summary>
    private static double Queries(LlamaConfiguration c) => (double)c.QueryHeads * c.HeadWidth;

    /// <summary>Hkv·d: the width of all key heads, and of all value heads.</summary>
    private static double Keys(LlamaConfiguration c) => (double)c.KeyValueHeads * c.HeadWidth;

    /// <summary>Elements of all matrices that multiply every token, the head among them: q and o, k and v, gate, up and down.</summary>
    private static double MatrixWeights(LlamaConfiguration c) =>
        c.Layers * (2 * c.Width * Queries(c) + 2 * c.Width * Keys(c) + 3.0 * c.Width * c.HiddenWidth) + (double)c.VocabularySize * c.Width;

    /// <summary>Gains of two norms per layer and of the last one.</summary>
    private static double GainWeights(LlamaConfiguration c) => (2.0 * c.Layers + 1) * c.Width;

    /// <summary>What does not depend on how much came before.</summary>
    private static double FlopsPerToken(LlamaConfiguration c)
    {
        var norm = 4.0 * c.Width + 4;                       // Σx² 2D; mean, ε, root, reciprocal; · scale · gain 2D
        var rotation = 3 * (Queries(c) + Keys(c));          // four products and two sums for each pair of q and k
        var swiGlu = 4.0 * c.HiddenWidth;                   // silu: exponential, sum, quotient; · up
        var residual = 2.0 * c.Width;
        return 2 * MatrixWeights(c) + c.Layers * (2 * norm + rotation + swiGlu + residual) + norm;
    }

    /// <summary>One query and one key, in all heads of all layers: score 2d and its scale, softmax 4 (shift, exponential, sum, quotient), mixing 2d.</summary>
    private static double FlopsPerPair(LlamaConfiguration c) => c.Layers * (4 * Queries(c) + 5.0 * c.QueryHeads);

    /// <summary>Elements written and read per token; see the remarks of the class for what an operation is.</summary>
    private static double ActivationsPerToken(LlamaConfiguration c)
    {
        // Width D: each of two norms reads and writes 2; q, k, v read 3; gate and up read 2; o and down write 2; each of two additions reads 2 and writes 1.
        var layer = (2 * 2 + 3 + 2 + 2 + 2 * 3) * (double)c.Width
            // Written by the product, read and written by the rotation, read and written by attention, read by the product with o.
            + 6 * Queries(c)
            // k and v: written by their products, read by the rotation and by the copy into the cache.
            + 4 * Keys(c)
            // gate and up: written and read; their product: written and read.
            + 6.0 * c.HiddenWidth;
        return c.Width + c.Layers * layer + 3.0 * c.Width + c.VocabularySize; // embedding written; last norm reads and writes; head reads and writes
    }
}

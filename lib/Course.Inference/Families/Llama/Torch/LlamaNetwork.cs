using Course.Inference.Caching;
using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>
/// The forward pass of a Llama-style decoder (Touvron et al. 2023) in plain tensor operations, for inference and training.
/// It is a function, not a module: it is given its weights, and its only state of its own are the rotary tables.
/// </summary>
public sealed class LlamaNetwork(LlamaConfiguration configuration, LlamaWeights weights, Device device) : IDisposable
{
    private readonly RotaryEmbedding rotary = new(configuration, device);

    // Kept in fields: a number passed to an operator becomes a temporary native object, and its finalizer may run while the operator still
    // reads it. Adding two tensors implicitly passes a factor of one, so that is passed explicitly.
    private static readonly TorchSharp.Scalar One = 1;
    private readonly TorchSharp.Scalar epsilon = configuration.NormEpsilon;

    /// <summary>[B, T] token ids (int64) → [B, T, V] logits, without a cache, for training.</summary>
    /// <param name="tokens">[B, T]</param>
    /// <param name="regularize">Dropout on everything that is added to the residual stream; null for inference.</param>
    public Tensor Forward(Tensor tokens, Func<Tensor, Tensor>? regularize = null)
    {
        long B = tokens.shape[0], T = tokens.shape[1];
        var places = new TokenPlaces(PackedRows.Uniform((int)B, (int)T), null, device);
        return Head(Layers(tokens.flatten(), places, null, regularize)).view(B, T, configuration.VocabularySize);
    }

    /// <summary>Σ T_r tokens → [tokens with logits, V]. The tokens follow the cached ones and are appended to the cache.</summary>
    /// <param name="tokens">The new tokens of each sequence; lengths may differ.</param>
    /// <param name="cache">The cache of the sequences; null if there are no earlier tokens.</param>
    /// <param name="answers">For how many last tokens of each sequence logits are computed.</param>
    internal Tensor Forward(TokenBatch tokens, ITensorCache? cache, PackedRows answers)
    {
        cache?.Reserve(tokens.Layout);
        long[] ids = [.. tokens.Tokens.ToArray().Select(id => (long)id)];
        var x = Layers(tensor(ids, device: device), new(tokens.Layout, cache, device, tokens), cache); // [Σ T_r, D]
        cache?.Advance(tokens.Layout);
        return answers.Count == 0 ? empty([0, configuration.VocabularySize], x.dtype, device)
            : answers.Count == tokens.Count ? Head(x)
            : Head(x.index_select(0, Answered(tokens.Layout, answers)));
    }

    /// <summary>[tokens with logits] int64: their indices among the packed tokens.</summary>
    private Tensor Answered(PackedRows rows, PackedRows answers)
    {
        var from = new long[answers.Count];
        for (var row = 0; row < rows.Rows; row++)
            for (var i = 0; i < answers.LengthOf(row); i++)
                from[answers.Start(row) + i] = rows.End(row) - answers.LengthOf(row) + i;
        return tensor(from, device: device);
    }

    /// <summary>[N] ids → [N, D]. The tokens of all sequences are packed.</summary>
    private Tensor Layers(Tensor ids, TokenPlaces places, ITensorCache? cache, Func<Tensor, Tensor>? regularize = null)
    {
        regularize ??= static x => x;
        var call = new Call(cache, places, new(places, device), rotary.At(places.Positions, places.Longest, weights.Embedding.dtype));
        var x = regularize(weights.Embedding.index_select(0, ids));
        for (var layer = 0; layer < configuration.Layers; layer++)
        {
            var w = weights.Layers[layer];
            x = x.add(regularize(Attention(w, layer, RmsNorm(x, w.AttentionNorm), call)), One);
            x = x.add(regularize(FeedForward(w, RmsNorm(x, w.MlpNorm))), One);
        }
        return x;
    }

    private Tensor Head(Tensor x) => weights.Head.Apply(RmsNorm(x, weights.FinalNorm));

    /// <summary>The state of one call, shared by all layers.</summary>
    private sealed record Call(ITensorCache? Cache, TokenPlaces Places, AttentionPadding Padding, RotaryAngles Angles);

    /// <summary>The number of query heads that share one key/value head: grouped-query attention (Ainslie et al. 2023).</summary>
    private int Group => configuration.QueryHeads / configuration.KeyValueHeads;

    /// <summary>x / √(mean(x²) + ε) · gain, over the last dimension (Zhang and Sennrich 2019).</summary>
    private Tensor RmsNorm(Tensor x, Tensor gain) =>
        x * (x.square().mean([-1], keepdim: true) + epsilon).rsqrt() * gain;

    private Tensor Attention(LayerWeights<Tensor, IProjection> w, int layer, Tensor x, Call call)
    {
        Tensor Heads(Tensor y, int heads) => y.view(y.shape[0], heads, configuration.HeadWidth); // [N, heads, d]

        var q = call.Padding.Pad(call.Angles.Rotate(Heads(w.Query.Apply(x), configuration.QueryHeads))); // [B, H, T, d]
        var k = call.Angles.Rotate(Heads(w.Key.Apply(x), configuration.KeyValueHeads));                  // [N, Hkv, d]
        var v = Heads(w.Value.Apply(x), configuration.KeyValueHeads);                                    // [N, Hkv, d]
        (k, v) = call.Cache is null
            ? (call.Padding.Pad(k), call.Padding.Pad(v))
            : call.Cache.Append(layer, k, v, call.Places); // [B, Hkv, S + T, d]
        var fromBeginning = call.Padding.Mask is null && call.Padding.T > 1;
        var attended = fromBeginning ? Causal(q, k, v) : Grouped(q, k, v, call.Padding.Mask); // [B, H, T, d]
        return w.Output.Apply(call.Padding.Unpad(attended));
    }

    /// <summary>
    /// Attention within texts that begin in this call: the kernel skips the half of the pairs that the causal mask hides. It requires
    /// as many key heads as query heads, and one type for all: if training multiplies in half precision, the rotation has widened
    /// queries and keys, but not values.
    /// </summary>
    private Tensor Causal(Tensor q, Tensor k, Tensor v)
    {
        if (Group > 1)
            (k, v) = (k.repeat_interleave(Group, dim: 1), v.repeat_interleave(Group, dim: 1)); // [B, H, T, d]
        (q, k) = (q.to(v.dtype), k.to(v.dtype));
        return nn.functional.scaled_dot_product_attention(q, k, v, is_casual: true);
    }

    /// <summary>
    /// Attention of new tokens after cached ones: the query heads of a group become more rows over the same keys, so that nothing in the
    /// cache is copied. The kernel's own causal mask cannot be used: it is aligned at the top left.
    /// </summary>
    private Tensor Grouped(Tensor q, Tensor k, Tensor v, Tensor? mask)
    {
        long B = q.shape[0], T = q.shape[2];
        var rows = q.reshape(B, configuration.KeyValueHeads, Group * T, configuration.HeadWidth); // [B, Hkv, group · T, d]
        return nn.functional.scaled_dot_product_attention(rows, k, v, attn_mask: mask?.repeat(1, 1, Group, 1))
            .reshape(B, configuration.QueryHeads, T, configuration.HeadWidth);
    }

    /// <summary>SwiGLU (Shazeer 2020): down(silu(gate(x)) · up(x)).</summary>
    private static Tensor FeedForward(LayerWeights<Tensor, IProjection> w, Tensor x) =>
        w.Down.Apply(nn.functional.silu(w.Gate.Apply(x)) * w.Up.Apply(x));

    public void Dispose()
    {
        rotary.Dispose();
        epsilon.Dispose();
    }
}

using Course.Inference.Caching;
using static TorchSharp.torch;

namespace Course.Inference.Models;

/// <summary>
/// The forward pass of a Llama-style decoder (Touvron et al. 2023) in plain tensor operations, for inference and training alike.
/// It is a function, not a module: weights are handed in, and nothing else is held but the rotary tables.
/// </summary>
public sealed class LlamaNetwork(LlamaConfiguration configuration, LlamaWeights weights, Device device) : IDisposable
{
    private readonly RotaryEmbedding rotary = new(configuration, device);

    // As fields: a number handed to an operator becomes a native object that waits for the finalizer, which may come while
    // the operator still reads it. Adding two tensors hands over a factor of one.
    private static readonly TorchSharp.Scalar One = 1;
    private readonly TorchSharp.Scalar epsilon = configuration.NormEpsilon;

    /// <summary>[B, T] token ids (int64) → [B, T, V] logits. What the cache holds comes before them, and it is appended to.</summary>
    /// <param name="tokens">[B, T]</param>
    /// <param name="cache">Null: nothing comes before.</param>
    /// <param name="regularise">Training's dropout on what enters the residual stream; null for inference.</param>
    public Tensor Forward(Tensor tokens, ContiguousCache? cache = null, Func<Tensor, Tensor>? regularise = null)
    {
        regularise ??= static x => x;
        var call = Prepare(tokens.shape[1], cache);
        var x = regularise(Embed(tokens)); // [B, T, D]
        for (var layer = 0; layer < configuration.Layers; layer++)
        {
            var w = weights.Layers[layer];
            x = x.add(regularise(Attention(w, layer, RmsNorm(x, w.AttentionNorm), call)), One);
            x = x.add(regularise(FeedForward(w, RmsNorm(x, w.MlpNorm))), One);
        }
        cache?.Advance((int)tokens.shape[1]);
        return weights.Head.Apply(RmsNorm(x, weights.FinalNorm)); // [B, T, V]
    }

    /// <summary>What all layers of one call share.</summary>
    /// <param name="Cache">S tokens, or null for none.</param>
    /// <param name="Angles">Of the T new positions.</param>
    /// <param name="Mask">What each query may see; null where that is everything, or the triangle that the attention kernel makes itself.</param>
    private readonly record struct Call(ContiguousCache? Cache, RotaryAngles Angles, Tensor? Mask);

    private Call Prepare(long T, ContiguousCache? cache)
    {
        var S = cache?.Length ?? 0;
        return new(cache, rotary.At(S, T, weights.Embedding.dtype), T > 1 && S > 0 ? CausalMask(T, S) : null);
    }

    /// <summary>[group · T, S + T], true where a query may look: at everything cached and at the new tokens up to its own.</summary>
    private Tensor CausalMask(long T, long S) => ones([T, S + T], ScalarType.Bool, device).tril(S).repeat(Group, 1);

    /// <summary>How many query heads share one head of keys and values (Ainslie et al. 2023).</summary>
    private int Group => configuration.QueryHeads / configuration.KeyValueHeads;

    private Tensor Embed(Tensor tokens) =>
        weights.Embedding.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], configuration.Width);

    /// <summary>x / √(mean(x²) + ε) · gain, over the last dimension (Zhang and Sennrich 2019).</summary>
    private Tensor RmsNorm(Tensor x, Tensor gain) =>
        x * (x.square().mean([-1], keepdim: true) + epsilon).rsqrt() * gain;

    private Tensor Attention(LlamaLayerWeights w, int layer, Tensor x, Call call)
    {
        long B = x.shape[0], T = x.shape[1];
        Tensor Heads(Tensor y, int heads) => y.view(B, T, heads, configuration.HeadWidth).transpose(1, 2); // [B, heads, T, d]

        var q = call.Angles.Turn(Heads(w.Query.Apply(x), configuration.QueryHeads));  // [B, H, T, d]
        var k = call.Angles.Turn(Heads(w.Key.Apply(x), configuration.KeyValueHeads)); // [B, Hkv, T, d]
        var v = Heads(w.Value.Apply(x), configuration.KeyValueHeads);                 // [B, Hkv, T, d]
        var alone = call.Cache is null or { Length: 0 };
        if (call.Cache is not null)
            (k, v) = call.Cache.Append(layer, k, v); // [B, Hkv, S + T, d]
        var mixed = alone && T > 1 ? Triangle(q, k, v) : Grouped(q, k, v, call.Mask); // [B, H, T, d]
        return w.Output.Apply(mixed.transpose(1, 2).reshape(B, T, (long)configuration.QueryHeads * configuration.HeadWidth));
    }

    /// <summary>A text from its beginning: the kernel skips the half of the pairs that no token may see. It wants as many key heads as query heads.</summary>
    private Tensor Triangle(Tensor q, Tensor k, Tensor v)
    {
        if (Group > 1)
            (k, v) = (k.repeat_interleave(Group, dim: 1), v.repeat_interleave(Group, dim: 1)); // [B, H, T, d]
        return nn.functional.scaled_dot_product_attention(q, k, v, is_casual: true);
    }

    /// <summary>
    /// New tokens after cached ones: the queries of a group are more rows over the same keys, so that nothing of the cache is copied.
    /// The kernel's own triangle would not do: it is aligned at the top left.
    /// </summary>
    private Tensor Grouped(Tensor q, Tensor k, Tensor v, Tensor? mask)
    {
        long B = q.shape[0], T = q.shape[2];
        var rows = q.reshape(B, configuration.KeyValueHeads, Group * T, configuration.HeadWidth); // [B, Hkv, group · T, d]
        return nn.functional.scaled_dot_product_attention(rows, k, v, attn_mask: mask).reshape(B, configuration.QueryHeads, T, configuration.HeadWidth);
    }

    /// <summary>SwiGLU (Shazeer 2020): down(silu(gate(x)) · up(x)).</summary>
    private static Tensor FeedForward(LlamaLayerWeights w, Tensor x) =>
        w.Down.Apply(nn.functional.silu(w.Gate.Apply(x)) * w.Up.Apply(x));

    public void Dispose()
    {
        rotary.Dispose();
        epsilon.Dispose();
    }
}

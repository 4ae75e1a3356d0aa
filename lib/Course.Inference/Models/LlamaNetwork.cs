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

    /// <summary>[B, T] token ids (int64) → [B, T, V] logits. What the cache holds comes before them, and it is appended to.</summary>
    /// <param name="tokens">[B, T]</param>
    /// <param name="cache">Null: nothing comes before.</param>
    /// <param name="regularise">Training's dropout on what enters the residual stream; null for inference.</param>
    public Tensor Forward(Tensor tokens, ContiguousCache? cache = null, Func<Tensor, Tensor>? regularise = null)
    {
        regularise ??= static x => x;
        var x = regularise(Embed(tokens)); // [B, T, D]
        var mask = cache is { Length: > 0 } && tokens.shape[1] > 1 ? CausalMask(tokens.shape[1], cache.Length) : null;
        for (var layer = 0; layer < configuration.Layers; layer++)
        {
            var w = weights.Layers[layer];
            x += regularise(Attention(w, layer, RmsNorm(x, w.AttentionNorm), cache, mask));
            x += regularise(FeedForward(w, RmsNorm(x, w.MlpNorm)));
        }
        cache?.Advance((int)tokens.shape[1]);
        return weights.Head.Apply(RmsNorm(x, weights.FinalNorm)); // [B, T, V]
    }

    private Tensor Embed(Tensor tokens) =>
        weights.Embedding.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], configuration.Width);

    /// <summary>x / √(mean(x²) + ε) · gain, over the last dimension (Zhang and Sennrich 2019).</summary>
    private Tensor RmsNorm(Tensor x, Tensor gain) =>
        x * (x.square().mean([-1], keepdim: true) + configuration.NormEpsilon).rsqrt() * gain;

    private Tensor Attention(LlamaLayerWeights w, int layer, Tensor x, ContiguousCache? cache, Tensor? mask)
    {
        long B = x.shape[0], T = x.shape[1];
        var c = configuration;
        Tensor Heads(Tensor y, int heads) => y.view(B, T, heads, c.HeadWidth).transpose(1, 2); // [B, heads, T, d]

        var offset = cache?.Length ?? 0;
        var q = rotary.Apply(Heads(w.Query.Apply(x), c.QueryHeads), offset);    // [B, H, T, d]
        var k = rotary.Apply(Heads(w.Key.Apply(x), c.KeyValueHeads), offset);   // [B, Hkv, T, d]
        var v = Heads(w.Value.Apply(x), c.KeyValueHeads);                       // [B, Hkv, T, d]
        if (cache is not null)
            (k, v) = cache.Append(layer, k, v); // [B, Hkv, S + T, d]

        // Queries of a group share their keys and values (Ainslie et al. 2023).
        var group = c.QueryHeads / c.KeyValueHeads;
        if (group > 1)
            (k, v) = (k.repeat_interleave(group, dim: 1), v.repeat_interleave(group, dim: 1)); // [B, H, S + T, d]
        // is_causal aligns its triangle at the top left, which is right only where nothing is cached.
        var mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask: mask, is_casual: offset == 0 && T > 1); // [B, H, T, d]
        return w.Output.Apply(mixed.transpose(1, 2).reshape(B, T, (long)c.QueryHeads * c.HeadWidth));
    }

    /// <summary>SwiGLU (Shazeer 2020): down(silu(gate(x)) · up(x)).</summary>
    private static Tensor FeedForward(LlamaLayerWeights w, Tensor x) =>
        w.Down.Apply(nn.functional.silu(w.Gate.Apply(x)) * w.Up.Apply(x));

    /// <summary>[T, S + T], true where token t may look: at everything cached and at the new tokens up to itself.</summary>
    private Tensor CausalMask(long T, long S) => ones([T, S + T], ScalarType.Bool, device).tril(S);

    public void Dispose() => rotary.Dispose();
}

using static TorchSharp.torch;

namespace Course.Inference.Models;

/// <summary>
/// Rotary position embedding (Su et al. 2021): pair i of a head is turned by position · base^(−2i/d).
/// Pairs are (i, i + d/2), as in Hugging Face's checkpoints; llama2.c pairs neighbours, which its importer undoes.
/// </summary>
public sealed class RotaryEmbedding : IDisposable
{
    private readonly Tensor cosine; // [context, d/2]
    private readonly Tensor sine;   // [context, d/2]

    public RotaryEmbedding(LlamaConfiguration c, Device device)
    {
        using var scope = NewDisposeScope();
        var exponent = arange(0, c.HeadWidth, 2, ScalarType.Float64) / c.HeadWidth; // [d/2]
        var angle = outer(arange(c.ContextLength, ScalarType.Float64), pow(c.RopeBase, -exponent)); // [context, d/2]
        cosine = angle.cos().to(ScalarType.Float32).to(device).DetachFromDisposeScope();
        sine = angle.sin().to(ScalarType.Float32).to(device).DetachFromDisposeScope();
    }

    /// <summary>Turns <paramref name="x"/>, [B, heads, T, d], whose first token stands at position <paramref name="offset"/>.</summary>
    public Tensor Apply(Tensor x, int offset)
    {
        var T = x.shape[2];
        var cos = cosine.narrow(0, offset, T).to(x.dtype); // [T, d/2]
        var sin = sine.narrow(0, offset, T).to(x.dtype);   // [T, d/2]
        var halves = x.chunk(2, dim: -1);
        return cat([halves[0] * cos - halves[1] * sin, halves[1] * cos + halves[0] * sin], dim: -1);
    }

    public void Dispose()
    {
        cosine.Dispose();
        sine.Dispose();
    }
}

using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>
/// The angles of one call's N tokens: cosines, and sines whose first half is negated. Both [N, 1, d], for all heads alike.
/// </summary>
public readonly record struct RotaryAngles(Tensor Cosine, Tensor SignedSine)
{
    /// <summary>
    /// Turns every pair (a, b) of x, [N, heads, d], to (a·cos − b·sin, b·cos + a·sin). Rolled by d/2, b stands where a was and a where b
    /// was, so with the signs in the sines it is two products and a sum.
    /// </summary>
    public Tensor Turn(Tensor x) => (x * Cosine).add(x.roll(x.shape[^1] / 2, -1) * SignedSine, One);

    // Held for the same reason as LlamaNetwork's.
    private static readonly TorchSharp.Scalar One = 1;
}

/// <summary>
/// Rotary position embedding (Su et al. 2021): pair i of a head is turned by position / factor · base^(−2i/d).
/// Pairs are (i, i + d/2), as in Hugging Face's checkpoints; llama2.c pairs neighbours, which its importer undoes.
/// </summary>
public sealed class RotaryEmbedding(LlamaConfiguration configuration, Device device) : IDisposable
{
    private const int FirstPositions = 256;

    // None until the first call, and grown on demand: contexts may be of millions, texts hardly ever are.
    private RotaryAngles? table; // [positions, d], Float32

    /// <summary>Angles of tokens that stand at these positions; tensors that a dispose scope takes care of.</summary>
    /// <param name="positions">[N] int64.</param>
    /// <param name="end">More than the largest of them.</param>
    /// <param name="type">Of the activations.</param>
    public RotaryAngles At(Tensor positions, int end, ScalarType type)
    {
        if (table is not { } angles || angles.Cosine.shape[0] < end)
            angles = Grow(end);
        Tensor Rows(Tensor one) => one.index_select(0, positions).to(type).unsqueeze(1);
        return new(Rows(angles.Cosine), Rows(angles.SignedSine));
    }

    public void Dispose()
    {
        table?.Cosine.Dispose();
        table?.SignedSine.Dispose();
    }

    private RotaryAngles Grow(long needed)
    {
        var doubled = Math.Min(2 * (table?.Cosine.shape[0] ?? FirstPositions / 2), configuration.ContextLength);
        var grown = Table(Math.Max(needed, doubled));
        Dispose();
        table = grown;
        return grown;
    }

    private RotaryAngles Table(long positions)
    {
        using var scope = NewDisposeScope();
        using var ordinary = inference_mode(false); // A table born in inference mode could never serve a training step.
        // In double precision: at position 100,000 a Float32 angle is off by 0.004.
        var exponent = arange(0, configuration.HeadWidth, 2, ScalarType.Float64) / configuration.HeadWidth; // [d/2]
        // [positions, d/2]
        var angle = outer(arange(positions, ScalarType.Float64), pow(configuration.RopeBase, -exponent) / configuration.RopeFactor);
        var (cos, sin) = (angle.cos(), angle.sin());
        Tensor Kept(Tensor half, Tensor otherHalf) =>
            cat([half, otherHalf], dim: 1).to(ScalarType.Float32, device).DetachFromDisposeScope();
        return new(Kept(cos, cos), Kept(-sin, sin));
    }
}

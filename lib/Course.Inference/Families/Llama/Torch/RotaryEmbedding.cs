using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>
/// The rotation angles of the N tokens of a call: cosines, and sines whose first half is negated. Both are [N, 1,
/// d], the same for all heads.
/// </summary>
public readonly record struct RotaryAngles(Tensor Cosine, Tensor SignedSine)
{
    /// <summary>
    /// Rotates every pair (a, b) of x, [N, heads, d], to (a·cos − b·sin, b·cos + a·sin). Rolling x by d/2 swaps a and b, so with the signs
    /// in the sines it takes two products and a sum.
    /// </summary>
    public Tensor Rotate(Tensor x) => (x * Cosine).add(x.roll(x.shape[^1] / 2, -1) * SignedSine, One);

    // Kept in a field for the same reason as in LlamaNetwork.
    private static readonly TorchSharp.Scalar One = 1;
}

/// <summary>
/// Rotary position embedding (Su et al. 2021): pair i of a head is rotated by position / factor · base^(−2i/d).
/// Pairs are (i, i + d/2), as in Hugging Face's checkpoints; llama2.c pairs neighbours, and its importer reorders them.
/// </summary>
public sealed class RotaryEmbedding(LlamaConfiguration configuration, Device device) : IDisposable
{
    private const int FirstPositions = 256;

    // Created at the first call and grown on demand: a context may have millions of positions, a text hardly ever does.
    private RotaryAngles? table; // [positions, d], Float32

    /// <summary>The angles of tokens at these positions, as tensors in the caller's dispose scope.</summary>
    /// <param name="positions">[N] int64.</param>
    /// <param name="end">More than the largest position.</param>
    /// <param name="type">The type of the activations.</param>
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
        using var ordinary = inference_mode(false); // a tensor created in inference mode cannot take part in a training step
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

using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>
/// Blocks of one byte an element, and a float32 scale per token and head: scale = max |x| / 127 over the d elements of the vector, q = x /
/// scale rounded to nearest, ties to even, so that q is within ±127; x ≈ q · scale. A vector of zeros has scale 0.
/// </summary>
internal sealed class Int8Blocks : IBlockStore
{
    private static readonly Scalar Largest = 127, Smallest = -127;

    private Tensor elements; // [blocks, Hkv, blockTokens, d] int8
    private Tensor scales;   // [blocks, Hkv, blockTokens] float32
    private readonly ScalarType type;

    public Int8Blocks(BlockShape shape, Device device, ScalarType type)
    {
        this.type = type;
        elements = zeros([shape.Blocks, shape.Heads, shape.Tokens, shape.Width], ScalarType.Int8, device);
        scales = zeros([shape.Blocks, shape.Heads, shape.Tokens], ScalarType.Float32, device);
        (Memory, ScaleMemory) = (HostMemory.Of(elements), HostMemory.Of(scales));
    }

    /// <summary>Where the blocks begin, in host memory; else null.</summary>
    public nint? Memory { get; private set; }

    /// <inheritdoc cref="Memory"/>
    public nint? ScaleMemory { get; private set; }

    public IReadOnlyList<Tensor> Tensors => [elements, scales];

    public void Write(Tensor vectors, Tensor blocks, Tensor places)
    {
        var x = vectors.to(ScalarType.Float32);
        var scale = x.abs().amax([-1]).div(Largest); // [N, Hkv]
        var divisor = where(scale.eq(0), ones_like(scale), scale).unsqueeze(-1);
        var rounded = x.div(divisor).round().clamp(Smallest, Largest).to(ScalarType.Int8);
        elements.index_put_(rounded, TensorIndex.Tensor(blocks), TensorIndex.Colon, TensorIndex.Tensor(places));
        scales.index_put_(scale, TensorIndex.Tensor(blocks), TensorIndex.Colon, TensorIndex.Tensor(places));
    }

    public Tensor Read(Tensor blocks, int tokens)
    {
        var q = elements.narrow(2, 0, tokens).index_select(0, blocks);
        return q.to(ScalarType.Float32).mul(scales.narrow(2, 0, tokens).index_select(0, blocks).unsqueeze(-1)).to(type);
    }

    public void Grow(int blocks)
    {
        elements = PlainBlocks.Grown(elements, blocks);
        scales = PlainBlocks.Grown(scales, blocks);
        (Memory, ScaleMemory) = (HostMemory.Of(elements), HostMemory.Of(scales));
    }

    public void Copy(BlockCopy copy)
    {
        PlainBlocks.Copy(elements, copy);
        PlainBlocks.Copy(scales, copy);
    }
}

using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>Blocks in the model's own type.</summary>
internal sealed class PlainBlocks : IBlockStore
{
    private readonly ScalarType type;
    private Tensor elements; // [blocks, Hkv, blockTokens, d]

    public PlainBlocks(BlockShape shape, Device device, ScalarType type)
    {
        this.type = type;
        elements = zeros([shape.Blocks, shape.Heads, shape.Tokens, shape.Width], type, device);
        Memory = type == ScalarType.Float32 ? HostMemory.Of(elements) : null;
    }

    public void Grow(int blocks)
    {
        elements = Grown(elements, blocks);
        Memory = type == ScalarType.Float32 ? HostMemory.Of(elements) : null;
    }

    /// <summary>Where the blocks begin, if they are float32 in host memory; else null.</summary>
    public nint? Memory { get; private set; }

    public IReadOnlyList<Tensor> Tensors => [elements];

    public void Write(Tensor vectors, Tensor blocks, Tensor places) =>
        elements.index_put_(vectors, TensorIndex.Tensor(blocks), TensorIndex.Colon, TensorIndex.Tensor(places));

    public Tensor Read(Tensor blocks, int tokens) => elements.narrow(2, 0, tokens).index_select(0, blocks);

    public void Copy(BlockCopy copy) => Copy(elements, copy);

    /// <summary>A larger tensor in the place of one of [blocks, …]; what is new is zero.</summary>
    internal static Tensor Grown(Tensor blocks, int count)
    {
        long[] shape = [count, .. blocks.shape[1..]];
        using var ordinary = inference_mode(false); // one that is born in inference mode can be written in it alone
        var larger = zeros(shape, blocks.dtype, blocks.device).DetachFromDisposeScope();
        using (var first = larger.narrow(0, 0, blocks.shape[0]))
            first.copy_(blocks);
        blocks.Dispose();
        return larger;
    }

    /// <summary>The first tokens of one block, [Hkv, blockTokens, …], to another.</summary>
    internal static void Copy(Tensor blocks, BlockCopy copy)
    {
        using Tensor from = blocks.select(0, copy.From), to = blocks.select(0, copy.To), first = from.narrow(1, 0, copy.Tokens), room = to.narrow(1, 0, copy.Tokens);
        room.copy_(first);
    }
}

using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>Blocks in the model's own type.</summary>
internal sealed class PlainBlocks : IBlockStore
{
    private readonly Tensor elements; // [blocks, Hkv, blockTokens, d]

    public PlainBlocks(BlockShape shape, Device device, ScalarType type)
    {
        elements = zeros([shape.Blocks, shape.Heads, shape.Tokens, shape.Width], type, device);
        Memory = type == ScalarType.Float32 ? HostMemory.Of(elements) : null;
    }

    /// <summary>Where the blocks begin, if they are float32 in host memory; else null.</summary>
    public nint? Memory { get; }

    public IReadOnlyList<Tensor> Tensors => [elements];

    public void Write(Tensor vectors, Tensor blocks, Tensor places) =>
        elements.index_put_(vectors, TensorIndex.Tensor(blocks), TensorIndex.Colon, TensorIndex.Tensor(places));

    public Tensor Read(Tensor blocks, int tokens) => elements.narrow(2, 0, tokens).index_select(0, blocks);

    public void Copy(BlockCopy copy) => Copy(elements, copy);

    /// <summary>The first tokens of one block, [Hkv, blockTokens, …], to another.</summary>
    internal static void Copy(Tensor blocks, BlockCopy copy)
    {
        using Tensor from = blocks.select(0, copy.From), to = blocks.select(0, copy.To), first = from.narrow(1, 0, copy.Tokens), room = to.narrow(1, 0, copy.Tokens);
        room.copy_(first);
    }
}

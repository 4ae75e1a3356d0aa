using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>The blocks of one layer's keys, or of its values: each [Hkv, blockTokens, d], in whatever form.</summary>
internal interface IBlockStore
{
    /// <summary>All that is held, the cache's to dispose of.</summary>
    IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>Writes N vectors of all heads, each to its place in its block.</summary>
    /// <param name="vectors">[N, Hkv, d]</param>
    /// <param name="blocks">[N] int64</param>
    /// <param name="places">[N] int64, below blockTokens</param>
    void Write(Tensor vectors, Tensor blocks, Tensor places);

    /// <summary>[n] int64 → [n, Hkv, tokens, d], the first tokens of each block in the model's type; finite wherever it has never been written.</summary>
    Tensor Read(Tensor blocks, int tokens);

    void Copy(BlockCopy copy);

    /// <summary>Makes room for more blocks; those that are there keep what they hold.</summary>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">There is no memory for them; the store is as it was.</exception>
    void Grow(int blocks);
}

namespace Course.Inference.Caching;

/// <summary>The shape of a pool of blocks.</summary>
/// <param name="Blocks">How many.</param>
/// <param name="Heads">Hkv.</param>
/// <param name="Tokens">Per block.</param>
/// <param name="Width">d.</param>
internal readonly record struct BlockShape(int Blocks, int Heads, int Tokens, int Width)
{
    /// <summary>Vectors in a block: one per head and token.</summary>
    public long Vectors => (long)Heads * Tokens;

    /// <summary>Elements in a block.</summary>
    public long Elements => Vectors * Width;
}

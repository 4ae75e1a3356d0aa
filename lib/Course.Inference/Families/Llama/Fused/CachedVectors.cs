using Course.Inference.Caching;
using Course.Inference.Kernels;

namespace Course.Inference.Families.Llama.Fused;

/// <summary>Consecutive cached vectors, [Count, d] floats.</summary>
internal readonly unsafe record struct CachedRun(nint Vectors, int Count)
{
    public float* Pointer => (float*)Vectors;
}

/// <summary>Writes and reads the keys and values of a cache for attention, whatever type the cache stores.</summary>
/// <param name="headWidth">d.</param>
internal abstract unsafe class CachedVectors(int headWidth)
{
    /// <summary>The most vectors in a run that had to be copied.</summary>
    public const int LongestCopy = 64;

    /// <summary>d.</summary>
    protected int Width { get; } = headWidth;

    protected abstract int BlockTokens { get; }

    /// <summary>Writes the key and the value of one head of one token.</summary>
    public abstract void Write(int layer, int row, int head, int position, float* key, float* value);

    /// <summary>Keys of a head from <paramref name="position"/> on: at least one, and as many as are contiguous.</summary>
    /// <param name="layer">The layer's number.</param>
    /// <param name="row">The sequence's row in the cache.</param>
    /// <param name="head">The key/value head.</param>
    /// <param name="position">The first slot.</param>
    /// <param name="end">The slot after the last requested one.</param>
    /// <param name="copy">[<see cref="LongestCopy"/>, d]: receives vectors that are not stored as floats.</param>
    public abstract CachedRun Keys(int layer, int row, int head, int position, int end, float* copy);

    /// <inheritdoc cref="Keys"/>
    public abstract CachedRun Values(int layer, int row, int head, int position, int end, float* copy);

    /// <summary>The page that holds a slot, the vector's index in it, and the number of slots from there to the end of the page.</summary>
    protected (int Block, long Index, int Count) Find(int head, int position)
    {
        var (block, slot) = Math.DivRem(position, BlockTokens);
        return (block, ((long)head * BlockTokens) + slot, BlockTokens - slot);
    }

    /// <summary>Gives kernels access to the memory of a cache.</summary>
    /// <exception cref="CourseException">The kernels cannot read this kind of cache.</exception>
    public static CachedVectors Of(IModelCache cache, int headWidth) => cache switch
    {
        { Memory: { } floats } => new FloatVectors(floats, headWidth),
        { Int8Memory: { } bytes } => new Int8Vectors(bytes, headWidth),
        _ => throw new CourseException(
            $"The fused kernels do not read a {cache.GetType().Name} of {cache.Type}. Use the plain LlamaModel, or another cache."),
    };
}

/// <summary>A cache of floats, read in place.</summary>
internal sealed unsafe class FloatVectors(ICacheMemory memory, int headWidth) : CachedVectors(headWidth)
{
    protected override int BlockTokens => memory.BlockTokens;

    public override void Write(int layer, int row, int head, int position, float* key, float* value)
    {
        var (block, index, _) = Find(head, position);
        new Span<float>(key, Width).CopyTo(new(memory.Keys(layer, row, block) + (index * Width), Width));
        new Span<float>(value, Width).CopyTo(new(memory.Values(layer, row, block) + (index * Width), Width));
    }

    public override CachedRun Keys(int layer, int row, int head, int position, int end, float* copy)
    {
        var (block, index, count) = Find(head, position);
        return new((nint)(memory.Keys(layer, row, block) + (index * Width)), Math.Min(count, end - position));
    }

    public override CachedRun Values(int layer, int row, int head, int position, int end, float* copy)
    {
        var (block, index, count) = Find(head, position);
        return new((nint)(memory.Values(layer, row, block) + (index * Width)), Math.Min(count, end - position));
    }
}

/// <summary>
/// A cache of signed bytes with one scale per vector. Vectors are widened a few at a time, so that they stay in the L1 cache.
/// </summary>
internal sealed unsafe class Int8Vectors(IInt8CacheMemory memory, int headWidth) : CachedVectors(headWidth)
{
    private const float Largest = 127;

    protected override int BlockTokens => memory.BlockTokens;

    public override void Write(int layer, int row, int head, int position, float* key, float* value)
    {
        var (block, index, _) = Find(head, position);
        memory.KeyScales(layer, row, block)[index] = Round(key, memory.Keys(layer, row, block) + (index * Width));
        memory.ValueScales(layer, row, block)[index] = Round(value, memory.Values(layer, row, block) + (index * Width));
    }

    public override CachedRun Keys(int layer, int row, int head, int position, int end, float* copy)
    {
        var (block, index, count) = Find(head, position);
        return Widen(
            memory.Keys(layer, row, block) + (index * Width), memory.KeyScales(layer, row, block) + index, Math.Min(count, end - position),
            copy);
    }

    public override CachedRun Values(int layer, int row, int head, int position, int end, float* copy)
    {
        var (block, index, count) = Find(head, position);
        return Widen(
            memory.Values(layer, row, block) + (index * Width), memory.ValueScales(layer, row, block) + index,
            Math.Min(count, end - position), copy);
    }

    /// <summary>Rounds as <see cref="Int8Blocks"/> does: scale max|x| / 127, to nearest, halves to even.</summary>
    private float Round(float* x, sbyte* to)
    {
        var scale = RowMath.LargestMagnitude(x, Width) / Largest;
        for (var i = 0; i < Width; i++)
            to[i] = scale == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(x[i] / scale), -Largest, Largest);
        return scale;
    }

    private CachedRun Widen(sbyte* from, float* scales, int available, float* copy)
    {
        var count = Math.Min(available, LongestCopy);
        for (var vector = 0; vector < count; vector++)
            RowMath.Widen(from + ((long)vector * Width), scales[vector], Width, copy + ((long)vector * Width));
        return new((nint)copy, count);
    }
}

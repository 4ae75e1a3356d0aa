using Course.Inference.Caching;
using Course.Inference.Kernels;

namespace Course.Inference.Families.Llama.Fused;

/// <summary>A run of cached vectors, [Count, d] floats.</summary>
internal readonly unsafe record struct CachedRun(nint Vectors, int Count)
{
    public float* Pointer => (float*)Vectors;
}

/// <summary>How attention writes and reads the keys and values of a cache, whatever they are stored as.</summary>
/// <param name="headWidth">d.</param>
internal abstract unsafe class CachedVectors(int headWidth)
{
    /// <summary>The most vectors that a run has which had to be copied.</summary>
    public const int LongestCopy = 64;

    /// <summary>d.</summary>
    protected int Width { get; } = headWidth;

    protected abstract int BlockTokens { get; }

    /// <summary>Puts one head of one token into its place.</summary>
    public abstract void Write(int layer, int row, int head, int position, float* key, float* value);

    /// <summary>Keys of a head from <paramref name="position"/> on, up to <paramref name="end"/> at most; at least one.</summary>
    /// <param name="layer">Which layer.</param>
    /// <param name="row">Of the cache.</param>
    /// <param name="head">Of keys and values.</param>
    /// <param name="position">The first one's.</param>
    /// <param name="end">Behind the last one that is wanted.</param>
    /// <param name="copy">[<see cref="LongestCopy"/>, d], for what is not stored as floats.</param>
    public abstract CachedRun Keys(int layer, int row, int head, int position, int end, float* copy);

    /// <inheritdoc cref="Keys"/>
    public abstract CachedRun Values(int layer, int row, int head, int position, int end, float* copy);

    /// <summary>Which block a position lies in, its vector's index there, and how many follow in the block.</summary>
    protected (int Block, long Index, int Count) Find(int head, int position)
    {
        var (block, place) = Math.DivRem(position, BlockTokens);
        return (block, ((long)head * BlockTokens) + place, BlockTokens - place);
    }

    /// <summary>The memory of a cache that kernels can read.</summary>
    /// <exception cref="CourseException">They cannot read this one.</exception>
    public static CachedVectors Of(IModelCache cache, int headWidth) => cache switch
    {
        { Memory: { } floats } => new FloatVectors(floats, headWidth),
        { Int8Memory: { } bytes } => new Int8Vectors(bytes, headWidth),
        _ =>
            throw new CourseException(
                $"The fused kernels do not read a {cache.GetType().Name} of {cache.Type}. Take the plain LlamaModel, or another cache."),
    };
}

/// <summary>Floats, read where they are.</summary>
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

/// <summary>Signed bytes with a scale for each vector, widened a few at a time: the widened ones stay in the nearest cache.</summary>
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

    /// <summary>As <see cref="Int8Blocks"/> rounds: to max|x| / 127, nearest, halves to even.</summary>
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

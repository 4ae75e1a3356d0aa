namespace Course.Inference.Kernels;

/// <summary>
/// The memory of a model's weights, matrix after matrix: allocated one by one, they would be too small for huge pages. All of it is
/// freed at once.
/// </summary>
internal sealed unsafe class WeightMemory : IDisposable
{
    private const long SlabBytes = 32 << 20, CacheLine = 64;

    private readonly List<AlignedBuffer<byte>> slabs = [];
    private long used;

    /// <summary>Memory for <paramref name="count"/> elements, aligned to a cache line. Its content is undefined at first.</summary>
    /// <exception cref="CourseException">There is not enough memory.</exception>
    public T* Take<T>(long count) where T : unmanaged
    {
        var bytes = (checked(count * sizeof(T)) + CacheLine - 1) / CacheLine * CacheLine;
        if (slabs.Count == 0 || used + bytes > slabs[^1].Count)
        {
            slabs.Add(new(Math.Max(bytes, SlabBytes)));
            used = 0;
        }

        var at = slabs[^1].Pointer + used;
        used += bytes;
        return (T*)at;
    }

    /// <summary>A copy of <paramref name="count"/> elements.</summary>
    /// <inheritdoc cref="Take" path="/exception"/>
    public T* Copy<T>(T* from, long count) where T : unmanaged
    {
        var to = Take<T>(count);
        Buffer.MemoryCopy(from, to, count * sizeof(T), count * sizeof(T));
        return to;
    }

    public void Dispose()
    {
        foreach (var slab in slabs)
            slab.Dispose();
    }
}

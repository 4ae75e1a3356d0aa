using System.Numerics;
using System.Runtime.InteropServices;

namespace Course.Inference.Measurement;

/// <summary>
/// Reads once through a large buffer, with every core and the widest vectors, as fast as the memory allows.
/// Equals <c>buffer.Sum()</c>; the sum is computed only so that the reads cannot be optimised away.
/// </summary>
public sealed unsafe class StreamRead : IDisposable
{
    private readonly float* buffer;
    private readonly long length;

    public StreamRead(long bytes)
    {
        length = bytes / sizeof(float);
        buffer = (float*)NativeMemory.AlignedAlloc((nuint)(length * sizeof(float)), 64);
        Fill(1f); // Untouched pages all map to one page of zeros, which then sits in the cache.
    }

    public float Sum()
    {
        var parts = new float[Environment.ProcessorCount];
        var share = length / parts.Length;
        Parallel.For(0, parts.Length,
            part => parts[part] = SumOf(buffer + (part * share), part == parts.Length - 1 ? length - (part * share) : share));
        return parts.Sum();
    }

    public void Fill(float value)
    {
        for (var at = 0L; at < length; at += int.MaxValue)
            new Span<float>(buffer + at, (int)Math.Min(int.MaxValue, length - at)).Fill(value);
    }

    public void Dispose() => NativeMemory.AlignedFree(buffer);

    // Four independent sums: with a single one, each addition would wait for the last instead of for memory.
    private static float SumOf(float* from, long count)
    {
        var width = Vector<float>.Count;
        Vector<float> a = default, b = default, c = default, d = default;
        var i = 0L;
        for (; i + (4 * width) <= count; i += 4 * width)
        {
            a += Vector.Load(from + i);
            b += Vector.Load(from + i + width);
            c += Vector.Load(from + i + (2 * width));
            d += Vector.Load(from + i + (3 * width));
        }
        var sum = Vector.Sum(a + b + c + d);
        for (; i < count; i++)
            sum += from[i];
        return sum;
    }
}

using System.Runtime.InteropServices;

namespace Course.Inference.Kernels;

/// <summary>
/// Unmanaged memory for kernels, aligned to a cache line, or to a huge page if it is large. Its content is undefined at first.
/// </summary>
internal sealed unsafe class AlignedBuffer<T> : SafeHandle where T : unmanaged
{
    private const int CacheLine = 64;

    /// <param name="count">Number of elements.</param>
    /// <exception cref="CourseException">There is not enough memory.</exception>
    public AlignedBuffer(long count) : base(0, ownsHandle: true)
    {
        try
        {
            var bytes = checked(count * sizeof(T));
            SetHandle((nint)NativeMemory.AlignedAlloc((nuint)bytes, bytes < HugePages.Size ? CacheLine : (nuint)HugePages.Size));
            HugePages.Expect((void*)handle, bytes);
        }
        catch (OutOfMemoryException e)
        {
            throw new CourseException(
                $"There is no memory for {count * sizeof(T)} bytes of a model. Take a smaller model, or one with fewer bits per weight.",
                e);
        }

        Count = count;
    }

    public long Count { get; }

    public T* Pointer => (T*)handle;

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}

using System.Runtime.InteropServices;

namespace Course.Inference.Kernels;

/// <summary>Memory for kernels: on a cache line's boundary, where no collector moves it. Its content is undefined at first.</summary>
internal sealed unsafe class AlignedBuffer<T> : SafeHandle where T : unmanaged
{
    private const int CacheLine = 64;

    /// <exception cref="CourseException">There is no memory for it.</exception>
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
            throw new CourseException($"No memory for {count * sizeof(T)} bytes of a model. Take a smaller one, or one in fewer bits.", e);
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

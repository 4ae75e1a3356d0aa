using System.Runtime.InteropServices;

namespace Course.Inference.Kernels;

/// <summary>
/// Asks Linux to map large memory in pages of 2 MiB: with pages of 4 KiB, reading weights spends a sixth of the time on address
/// translation. This is only advice: if the system does not follow it, everything works as before, only slower.
/// </summary>
internal static unsafe partial class HugePages
{
    public const int Size = 2 << 20;

    // MADV_HUGEPAGE in Linux's mman.h.
    private const int Huge = 14;

    /// <summary>Advises huge pages for memory. Call it before the memory is first written.</summary>
    public static void Expect(void* memory, long bytes)
    {
        if (!OperatingSystem.IsLinux() || bytes < Size)
            return;
        try
        {
            _ = Madvise(memory, (nuint)bytes, Huge);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library without madvise: the advice cannot be given.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Madvise(void* address, nuint length, int advice);
}

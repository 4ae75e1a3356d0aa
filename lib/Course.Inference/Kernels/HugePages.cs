using System.Runtime.InteropServices;

namespace Course.Inference.Kernels;

/// <summary>
/// Asks Linux to map large memory in pages of 2 MiB: reading weights through pages of 4 KiB spends a sixth of the time on looking addresses
/// up. Only advice: where it is not taken everything works as before, and slower.
/// </summary>
internal static unsafe partial class HugePages
{
    public const int Size = 2 << 20;

    // MADV_HUGEPAGE of Linux's mman.h.
    private const int Huge = 14;

    /// <summary>For memory that nobody has written to yet.</summary>
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
            // A system without it has no such pages to give.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Madvise(void* address, nuint length, int advice);
}

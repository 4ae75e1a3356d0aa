using System.Runtime.InteropServices;
using System.Text;

namespace Course.Kernel.Running;

/// <summary>Writes to the real standard output and error of this process, which native code and child processes use too.</summary>
internal static class NativeConsole
{
    /// <summary>Writes a mark after everything written so far, so a reader knows that it has received all of it.</summary>
    public static void Fence(string mark)
    {
        var bytes = Encoding.UTF8.GetBytes(mark);
        FlushNative();
        foreach (var open in new Func<Stream>[] { Console.OpenStandardOutput, Console.OpenStandardError })
        {
            using var stream = open();
            stream.Write(bytes);
            stream.Flush();
        }
    }

    // The buffer of the C library holds back printf output to a pipe until it has four kilobytes.
    private static void FlushNative()
    {
        if (!OperatingSystem.IsWindows())
            _ = FlushAll(0);
    }

    [DllImport("libc", EntryPoint = "fflush")]
    private static extern int FlushAll(nint every);
}

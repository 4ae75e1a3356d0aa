using System.Runtime.InteropServices;
using System.Text;

namespace Course.Kernel.Running;

/// <summary>The real standard output and error of this process, which native code and child processes write to.</summary>
internal static class NativeConsole
{
    /// <summary>Writes a mark behind everything that was written so far, so that a reader knows it has it all.</summary>
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

    // C's own buffer: a printf into a pipe stays there until four kilobytes have come together.
    private static void FlushNative()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = FlushAll(0);
        }
    }

    [DllImport("libc", EntryPoint = "fflush")]
    private static extern int FlushAll(nint every);
}

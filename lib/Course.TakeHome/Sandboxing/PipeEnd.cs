using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Course.TakeHome.Sandboxing;

/// <summary>The reading end of a pipe.</summary>
internal static class PipeEnd
{
    private const short Readable = 1; // POLLIN

    /// <summary>Whether there is something to read now. False where the system does not tell.</summary>
    public static bool HasBytes(Stream stream)
    {
        if (OperatingSystem.IsWindows() || stream is not PipeStream pipe)
            return false;
        try
        {
            var polled = new Polled { Descriptor = (int)pipe.SafePipeHandle.DangerousGetHandle(), Wanted = Readable };
            return Poll(ref polled, 1, 0) > 0 && (polled.Seen & Readable) != 0;
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
        {
            return false; // it has ended
        }
    }

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Poll(ref Polled polled, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Wanted;
        public short Seen;
    }
}

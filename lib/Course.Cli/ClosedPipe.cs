using System.Runtime.InteropServices;

namespace Course.Cli;

/// <summary>
/// Notices that nobody reads the output any more, as after `course … | head`. .NET writes to a closed pipe as if all were well,
/// and a verb that computes for minutes may not write at all: so the system is asked to say when the reader goes.
/// </summary>
internal static class ClosedPipe
{
    private const int StandardOutput = 1;
    private const short Error = 0x8, HungUp = 0x10; // POLLERR, POLLHUP

    /// <summary>Calls back once, on a thread of its own. On Windows nothing tells, and a verb goes on to its end.</summary>
    public static void Watch(Action closed)
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return;
        new Thread(() =>
        {
            var output = new Polled { Descriptor = StandardOutput };
            int answer;
            do
                answer = Poll(ref output, 1, -1);
            while (answer < 0 && Marshal.GetLastPInvokeError() == InterruptedCall);
            if (answer > 0 && (output.Seen & (Error | HungUp)) != 0)
                closed();
        })
        { IsBackground = true, Name = "output pipe" }.Start();
    }

    private const int InterruptedCall = 4; // EINTR

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static extern int Poll(ref Polled polled, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Wanted;
        public short Seen;
    }
}

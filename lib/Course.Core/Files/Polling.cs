using System.Runtime.InteropServices;

namespace Course.Core;

/// <summary>Asks the system for the state of an open file or pipe without reading from it (poll(2)). Not available on Windows.</summary>
internal static class Polling
{
    public const short Readable = 0x1, Error = 0x8, HungUp = 0x10; // POLLIN, POLLERR, POLLHUP

    private const int Interrupted = 4; // EINTR

    /// <summary>
    /// Waits for an event on a descriptor. Returns the events that occurred, among the wanted ones, <see cref="Error"/> and
    /// <see cref="HungUp"/>, or 0 on timeout.
    /// </summary>
    /// <param name="descriptor">The descriptor of an open file.</param>
    /// <param name="wanted"><see cref="Readable"/>, or 0.</param>
    /// <param name="milliseconds">The timeout in milliseconds; negative waits without limit.</param>
    public static short Wait(int descriptor, short wanted, int milliseconds)
    {
        var polled = new Polled { Descriptor = descriptor, Wanted = wanted };
        int answer;
        do
            answer = Poll(ref polled, 1, milliseconds);
        while (answer < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return answer > 0 ? polled.Seen : (short)0;
    }

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

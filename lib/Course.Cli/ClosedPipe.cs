namespace Course.Cli;

/// <summary>
/// Notices that nobody reads the output any more, as after `course … | head`. .NET writes to a closed pipe as if all were well,
/// and a verb that computes for minutes may not write at all: so the system is asked to say when the reader goes.
/// </summary>
internal static class ClosedPipe
{
    private const int StandardOutput = 1;

    /// <summary>Calls back once, on a thread of its own. On Windows nothing tells, and a verb goes on to its end.</summary>
    public static void Watch(Action closed)
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return;
        new Thread(() =>
        {
            if ((Polling.Seen(StandardOutput, wanted: 0, milliseconds: -1) & (Polling.Error | Polling.HungUp)) != 0)
                closed();
        })
        { IsBackground = true, Name = "output pipe" }.Start();
    }
}

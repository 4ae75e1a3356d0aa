namespace Course.Cli;

/// <summary>
/// Notices that nobody reads the output any more, as in `course … | head`. .NET ignores the error of writing to a closed pipe, and a verb
/// that computes for minutes may not write at all; therefore the system is asked to report when the reader closes the pipe.
/// </summary>
internal static class ClosedPipe
{
    private const int StandardOutput = 1;

    /// <summary>Calls back once, on a thread of its own. Windows does not report it, so there a verb runs to its end.</summary>
    public static void Watch(Action closed)
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return;
        new Thread(() =>
        {
            if ((Polling.Wait(StandardOutput, wanted: 0, milliseconds: -1) & (Polling.Error | Polling.HungUp)) != 0)
                closed();
        })
        { IsBackground = true, Name = "output pipe" }.Start();
    }
}

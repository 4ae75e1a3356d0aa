using System.IO.Pipes;

namespace Course.TakeHome.Sandboxing;

/// <summary>The reading end of a pipe.</summary>
internal static class PipeEnd
{
    /// <summary>Whether there are bytes to read now; false if the system cannot tell.</summary>
    public static bool HasBytes(Stream stream)
    {
        if (OperatingSystem.IsWindows() || stream is not PipeStream pipe)
            return false;
        try
        {
            return (Polling.Wait((int)pipe.SafePipeHandle.DangerousGetHandle(), Polling.Readable, milliseconds: 0) & Polling.Readable) != 0;
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
        {
            return false; // the pipe is closed
        }
    }
}

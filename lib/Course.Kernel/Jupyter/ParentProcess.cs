using System.Diagnostics;
using System.Globalization;

namespace Course.Kernel.Jupyter;

/// <summary>The front-end that started this kernel. Where it dies without a word, its kernels must not stay behind.</summary>
internal static class ParentProcess
{
    /// <summary>Set by jupyter_client for every kernel it starts.</summary>
    private const string Variable = "JPY_PARENT_PID";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Ends when that process is gone; never if none is known.</summary>
    public static async Task GoneAsync(CancellationToken cancel)
    {
        var known = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var pid) && pid > 1;
        while (!known || IsAlive(pid))
            await Task.Delay(known ? Interval : Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false);
        KernelLog.Write("The front-end is gone; the kernel ends.");
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

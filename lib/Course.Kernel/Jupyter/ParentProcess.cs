using System.Diagnostics;
using System.Globalization;

namespace Course.Kernel.Jupyter;

/// <summary>
/// Watches the front-end that started this kernel. If it dies without a shutdown request, the kernel must not keep running.
/// </summary>
internal static class ParentProcess
{
    /// <summary>The environment variable that jupyter_client sets for every kernel it starts.</summary>
    private const string Variable = "JPY_PARENT_PID";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Completes when that process has exited; never if the process is unknown.</summary>
    public static async Task GoneAsync(CancellationToken cancel)
    {
        var known = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var pid) && pid > 1;
        while (!known || IsAlive(pid))
            await Task.Delay(known ? Interval : Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false);
        KernelLog.Write("The front-end has exited, so the kernel ends.");
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

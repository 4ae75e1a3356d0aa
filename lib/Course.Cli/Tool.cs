using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Course.Cli;

/// <summary>Runs other programs.</summary>
internal static class Tool
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>The output of a program; null if it is not installed, fails, or does not end within the timeout.</summary>
    public static string? Ask(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            var answer = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync(); // drained, so that a talkative program does not block
            if (!process.WaitForExit(Timeout))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
            return process.ExitCode == 0 ? answer.Result.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>
    /// Runs a program in the foreground, on this terminal, and returns its exit code; null if it is not installed. On cancellation the
    /// program is asked to end.
    /// </summary>
    public static async Task<int?> RunAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        try
        {
            using var process = Process.Start(start)!;
            using var ending = cancel.Register(() => Terminate(process));
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Ends a program with SIGTERM, so that a server can end its own processes; on Windows the process tree is killed.</summary>
    private static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
            process.Kill(entireProcessTree: true);
        else
            Ask("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Course.Cli;

/// <summary>Asks another program a question and takes its first answer.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What the program wrote to its output; null where it is not installed, fails or does not answer.</summary>
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
            if (!process.WaitForExit(Patience))
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
    /// Runs a program in the foreground, with this terminal; its exit code, or null where it is not installed.
    /// Cancelled, it is asked to end.
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

    /// <summary>By SIGTERM where there are signals: a server has kernels of its own to end.</summary>
    private static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
            process.Kill(entireProcessTree: true);
        else
            Ask("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
    }
}

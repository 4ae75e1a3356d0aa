using System.ComponentModel;
using System.Diagnostics;

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

    /// <summary>Runs a program in the foreground, with this terminal; its exit code, or null where it is not installed.</summary>
    public static async Task<int?> RunAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        try
        {
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(cancel).ConfigureAwait(false);
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

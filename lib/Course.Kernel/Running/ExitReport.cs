using System.Globalization;

namespace Course.Kernel.Running;

/// <summary>Describes how a process ended: its exit code or signal by name, and the relevant part of its last output.</summary>
internal static class ExitReport
{
    private const int MaximumLines = 4;

    // The first words of .NET's last message; the stack trace after it may have thousands of lines.
    private static readonly string[] FatalMessages =
        ["Stack overflow", "Process terminated", "Unhandled exception", "Fatal error", "Out of memory"];

    public static string Of(int exitCode, string standardError)
    {
        var lines = standardError.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToList();
        var start = lines.FindLastIndex(line => FatalMessages.Any(message => line.StartsWith(message, StringComparison.Ordinal)));
        var informative = start >= 0 ? lines.Skip(start).Where(IsInformative).Take(MaximumLines) : lines.TakeLast(MaximumLines);
        var quote = string.Join('\n', informative);
        return $"the kernel died ({Code(exitCode)})" + (quote.Length > 0 ? $" after saying:\n{quote}" : " without a message.");
    }

    // Skips rulers and frames of the runtime, because only the cell's own frame is of interest.
    private static bool IsInformative(string line) =>
        !line.StartsWith("---", StringComparison.Ordinal) && !line.StartsWith("   at System.", StringComparison.Ordinal);

    private static string Code(int exitCode) => exitCode switch
    {
        > 128 and < 160 when !OperatingSystem.IsWindows() => $"exit code {exitCode}, {Signal(exitCode - 128)}",
        < 0 or > 0xFFFF => $"exit code 0x{exitCode.ToString("X8", CultureInfo.InvariantCulture)}",
        _ => $"exit code {exitCode}",
    };

    private static string Signal(int number) => number switch
    {
        4 => "SIGILL: an instruction that this CPU does not have",
        6 => "SIGABRT: it aborted itself",
        7 => "SIGBUS: access to memory that does not exist",
        8 => "SIGFPE: arithmetic error",
        9 => "SIGKILL: killed from outside, often because memory ran out",
        11 => "SIGSEGV: invalid memory access",
        15 => "SIGTERM: asked to end",
        _ => $"signal {number}",
    };
}

using System.Globalization;

namespace Course.Kernel.Running;

/// <summary>Says how a process died: its exit code or signal by name, and the last words that matter.</summary>
internal static class Obituary
{
    private const int Lines = 4;

    // How .NET begins what it says before it dies; what follows is a stack that may fill thousands of lines.
    private static readonly string[] LastWords =
        ["Stack overflow", "Process terminated", "Unhandled exception", "Fatal error", "Out of memory"];

    public static string Of(int exitCode, string standardError)
    {
        var said = standardError.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToList();
        var start = said.FindLastIndex(line => LastWords.Any(words => line.StartsWith(words, StringComparison.Ordinal)));
        var telling = start >= 0 ? said.Skip(start).Where(Tells).Take(Lines) : said.TakeLast(Lines);
        var quote = string.Join('\n', telling);
        return $"the kernel died ({Code(exitCode)})" + (quote.Length > 0 ? $" after saying:\n{quote}" : " without a word.");
    }

    // Rulers, and frames of the runtime itself: the frame of interest is the cell's.
    private static bool Tells(string line) =>
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
        7 => "SIGBUS: memory that is not there",
        8 => "SIGFPE: arithmetic",
        9 => "SIGKILL: killed from outside, often for want of memory",
        11 => "SIGSEGV: memory that is not its own",
        15 => "SIGTERM: asked to end",
        _ => $"signal {number}",
    };
}

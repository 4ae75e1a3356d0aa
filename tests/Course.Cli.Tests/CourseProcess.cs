using System.Diagnostics;
using System.Text;

namespace Course.Cli.Tests;

/// <summary>The command as a reader meets it: a process with two streams, signals and an exit code.</summary>
internal sealed class CourseProcess : IDisposable
{
    /// <summary>For a test that hangs, not for one that is slow.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3), Moment = TimeSpan.FromMilliseconds(20);

    private readonly Process process;
    private readonly StringBuilder output = new(), error = new();
    private readonly Task read;

    private CourseProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        process = Process.Start(start)!;
        process.StandardInput.Close();
        read = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, error));
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "course.dll");

    /// <param name="arguments">Of the command.</param>
    /// <param name="folder">Where it runs; the repository by default.</param>
    /// <param name="environment">More variables.</param>
    public static CourseProcess Start(
        IEnumerable<string> arguments, string? folder = null, params IEnumerable<(string Name, string Value)> environment)
    {
        // Shells start what runs in the background with SIGINT ignored, and a runtime heeds that: here it is set back.
        string[] signals = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [];
        string[] line = [.. signals, "dotnet", Program, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..]) { WorkingDirectory = folder ?? RepositoryRoot.Find() };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(start);
    }

    public static Ended Run(params string[] arguments) => RunIn(RepositoryRoot.Find(), arguments);

    public static Ended RunIn(string folder, params string[] arguments)
    {
        using var course = Start(arguments, folder);
        return course.End();
    }

    /// <summary>In a terminal of its own, as `script` makes one; what it wrote to either stream is its output.</summary>
    /// <param name="columns">The terminal's width.</param>
    /// <param name="arguments">Of the command.</param>
    public static Ended RunInTerminal(int columns, params string[] arguments)
    {
        var line = string.Join(
            ' ', arguments.Prepend(Program).Prepend("dotnet").Select(part => $"'{part.Replace("'", @"'\''", StringComparison.Ordinal)}'"));
        var start = new ProcessStartInfo(
            "script", ["-qec", $"stty cols {columns} rows 24; exec {line}", "/dev/null"]) { WorkingDirectory = RepositoryRoot.Find() };
        (start.Environment["TERM"], start.Environment["NO_COLOR"]) = ("xterm", "1");
        using var terminal = new CourseProcess(start);
        return terminal.End();
    }

    /// <param name="name">INT or TERM.</param>
    public void Signal(string name) => Process.Start("kill", [$"-{name}", $"{process.Id}"]).WaitForExit();

    /// <summary>Waits until it has said something on either stream; false where it ended before.</summary>
    public bool Says(string what)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Moment)
        {
            var over = read.IsCompleted;
            if (Text(output).Contains(what, StringComparison.Ordinal) || Text(error).Contains(what, StringComparison.Ordinal))
                return true;
            if (over)
                return false;
            Thread.Sleep(Moment);
        }
        return false;
    }

    /// <summary>Waits for it.</summary>
    public Ended End()
    {
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"It did not end within {Patience.TotalMinutes} minutes.");
        }
        read.Wait(Patience); // a child that is left may hold the streams
        return new(process.ExitCode, Text(output), Text(error));
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder into)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var count)
            lock (into)
                into.Append(buffer, 0, count);
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}

/// <summary>How a process ended.</summary>
internal readonly record struct Ended(int ExitCode, string Output, string Error);

/// <summary>Needs a Unix: signals, and `script` for a terminal.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() =>
        Skip = OperatingSystem.IsLinux() ? null : "Needs Linux: signals, /dev/full, and util-linux's script for a terminal.";
}

/// <summary>The same, for several cases.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = new LinuxFactAttribute().Skip;
}

using System.Diagnostics;
using System.Text;

namespace Course.Cli.Tests;

/// <summary>The command as users run it: a process with two streams, signals and an exit code.</summary>
internal sealed class CourseProcess : IDisposable
{
    /// <summary>The timeout for a test that hangs, not for one that is slow.</summary>
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

    /// <param name="arguments">The arguments of the command.</param>
    /// <param name="folder">The working directory; the repository by default.</param>
    /// <param name="environment">Additional environment variables.</param>
    public static CourseProcess Start(
        IEnumerable<string> arguments, string? folder = null, params IEnumerable<(string Name, string Value)> environment)
    {
        // Shells start background processes with SIGINT ignored, and the runtime respects that; here it is reset.
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

    /// <summary>Runs the command in a terminal of its own, made by `script`; the output has both streams.</summary>
    /// <param name="columns">The terminal's width.</param>
    /// <param name="arguments">The arguments of the command.</param>
    public static Ended RunInTerminal(int columns, params string[] arguments)
    {
        var line = string.Join(
            ' ', arguments.Prepend(Program).Prepend("dotnet").Select(part => $"'{part.Replace("'", @"'\''", StringComparison.Ordinal)}'"));
        var start = new ProcessStartInfo(
            "script", ["-qec", $"stty cols {columns} rows 24; exec {line}", "/dev/null"])
        { WorkingDirectory = RepositoryRoot.Find() };
        (start.Environment["TERM"], start.Environment["NO_COLOR"]) = ("xterm", "1");
        using var terminal = new CourseProcess(start);
        return terminal.End();
    }

    /// <param name="name">INT or TERM.</param>
    public void Signal(string name) => Process.Start("kill", [$"-{name}", $"{process.Id}"]).WaitForExit();

    /// <summary>Waits until a text appears on either stream; false if the process ends before.</summary>
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

    /// <summary>Waits for the end of the process.</summary>
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

/// <summary>The exit code and output of a process.</summary>
internal readonly record struct Ended(int ExitCode, string Output, string Error);

/// <summary>A test that needs Linux: signals, and `script` for a terminal.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() =>
        Skip = OperatingSystem.IsLinux() ? null : "Needs Linux: signals, /dev/full, and util-linux's script for a terminal.";
}

/// <summary>The same for several cases.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = new LinuxFactAttribute().Skip;
}

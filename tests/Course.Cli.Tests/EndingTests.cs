using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Course.Cli.Tests;

/// <summary>Ctrl-C, a termination signal and a closed pipe, on verbs in the middle of long work.</summary>
public sealed class EndingTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("course-ending-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    /// <summary>Command lines that take minutes, each with a line that it writes when it has begun.</summary>
    public static TheoryData<string, string, string> Long => new()
    {
        { "evaluate", "calibrating", "evaluate --text {dir}/text.txt --windows 0" },
        { "speculate", "t0 …", "bench speculate --section t0 --samples 1000 --out {dir}" },
        { "train", "step 10 of", "train --preset smoke --steps 1000000 --out {dir}/pair" },
        { "run", "one.ipynb …", "run {dir}/one.ipynb --out {dir}/out" },
    };

    [LinuxTheory]
    [MemberData(nameof(Long))]
    public void Ctrl_C_ends_it_and_says_so(string verb, string begun, string line)
    {
        using var course = Begin(verb, begun, line);
        course.Signal("INT");
        var ended = course.End();
        Assert.Equal(Interruption.Interrupted, ended.ExitCode);
        Assert.Contains("Stop", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [MemberData(nameof(Long))]
    public void A_termination_signal_ends_it_without_a_stack_trace(string verb, string begun, string line)
    {
        using var course = Begin(verb, begun, line);
        course.Signal("TERM");
        var ended = course.End();
        Assert.Equal(Interruption.Terminated, ended.ExitCode);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("error", ended.Error, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData("evaluate --text {dir}/text.txt --windows 0", "")]
    [InlineData("generate --max-tokens 500 --prompt Once", "head -c 1")]
    [InlineData("run {dir}/one.ipynb --out {dir}/out", "head -n 1")]
    [InlineData("train --preset smoke --steps 1000000 --out {dir}/pair", "head -n 1")]
    public void A_pipe_that_closes_ends_it_without_a_word(string line, string reader)
    {
        Prepare();
        // For a verb that never writes, the reader ends at once.
        var command = $"{{ dotnet '{CourseProcess.Program}' {line.Replace("{dir}", root, StringComparison.Ordinal)}; " +
            $"echo $? > '{root}/code'; }} 2> '{root}/error' | {(reader.Length > 0 ? reader : "exec true")}";
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = RepositoryRoot.Find(), RedirectStandardOutput = true })!;
        Assert.True(shell.WaitForExit(TimeSpan.FromMinutes(2)), "It went on after nobody read.");
        Assert.Equal($"{Interruption.PipeClosed}", File.ReadAllText(Path.Combine(root, "code")).Trim());
        Assert.DoesNotContain("error", File.ReadAllText(Path.Combine(root, "error")), StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_model_that_never_comes_does_not_delay_it()
    {
        var pipe = Path.Combine(root, "fifo");
        Process.Start("mkfifo", [pipe]).WaitForExit();
        using var course = CourseProcess.Start(["interview", "show", "--session", pipe]);
        // it has nothing to say, and may have ended already: a file that cannot be a session may be refused
        Thread.Sleep(TimeSpan.FromSeconds(2));
        course.Signal("TERM");
        Assert.DoesNotContain("   at ", course.End().Error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void The_kernel_ends_at_a_termination_signal()
    {
        using var course = CourseProcess.Start(["kernel", "start", "--connection-file", Connection(FreePort(), FreePort())]);
        Thread.Sleep(TimeSpan.FromSeconds(2));
        course.Signal("TERM");
        var ended = course.End();
        Assert.Contains(ended.ExitCode, new[] { 0, Interruption.Terminated }); // by itself, or because it was asked
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_is_an_expected_error()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var ended = CourseProcess.Run("kernel", "start", "--connection-file", Connection(port, port));
        Assert.Equal(1, ended.ExitCode);
        Assert.DoesNotContain("not expected", ended.Error, StringComparison.Ordinal);
        Assert.Contains("port", ended.Error, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Connection(int shell, int control)
    {
        var file = Path.Combine(root, "connection.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            ip = "127.0.0.1",
            transport = "tcp",
            shell_port = shell,
            control_port = control,
            iopub_port = FreePort(),
            stdin_port = FreePort(),
            hb_port = FreePort(),
            key = "k",
            signature_scheme = "hmac-sha256",
        }));
        return file;
    }

    private void Prepare()
    {
        File.WriteAllText(Path.Combine(root, "text.txt"), string.Concat(Enumerable.Repeat("Once upon a time, there was a dog. ", 400)));
        File.WriteAllText(Path.Combine(root, "one.ipynb"), TinyNotebook.Of("System.Threading.Thread.Sleep(600000);"));
    }

    /// <summary>Starts the command and waits until it is at work.</summary>
    private CourseProcess Begin(string verb, string begun, string line)
    {
        Prepare();
        var course = CourseProcess.Start(line.Replace("{dir}", root, StringComparison.Ordinal).Split(' '));
        Assert.True(course.Says(begun), $"{verb} did not begin.");
        return course;
    }
}

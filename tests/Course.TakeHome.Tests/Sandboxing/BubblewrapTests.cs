using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Tests.Sandboxing;

[SupportedOSPlatform("linux")]
public sealed class BubblewrapTests
{
    private static readonly SandboxLimits Tight = new()
    {
        Processes = 24,
        MemoryBytes = 128 * 1024 * 1024,
        Cpu = TimeSpan.FromSeconds(20),
        Wall = TimeSpan.FromSeconds(20),
        OutputBytes = 100_000,
        DiskBytes = 8 * 1024 * 1024,
    };

    private static SandboxResult Shell(string script, SandboxLimits? limits = null, string input = "", params string[] reads) =>
        new Bubblewrap().Run(
            new("/usr/bin/bash", ["-c", script]) { Limits = limits ?? Tight, Input = Encoding.UTF8.GetBytes(input), Reads = [.. reads] });

    private static string Text(SandboxResult result) => Encoding.UTF8.GetString(result.Output.Span).Trim();

    [SandboxFact]
    public void Input_goes_in_and_output_errors_and_exit_code_come_out()
    {
        var result = Shell("cat; echo oops >&2; exit 3", input: "hello");
        Assert.Equal((SandboxEnd.Exited, 3, "hello", "oops\n"), (result.End, result.ExitCode, Text(result), result.Errors));
    }

    [SandboxFact]
    public void The_environment_holds_what_is_named_and_nothing_else() =>
        Assert.Equal("HOME=/tmp PATH=/usr/bin PWD=/tmp TMPDIR=/tmp", Text(Shell("env -u SHLVL -u _ | sort | xargs")));

    [SandboxFact]
    public void An_endless_loop_ends_by_the_clock()
    {
        var result = Shell("while :; do sleep 0.1; done", Tight with { Wall = TimeSpan.FromSeconds(1) });
        Assert.Equal(SandboxEnd.WallTime, result.End);
    }

    [SandboxFact]
    public void A_busy_loop_ends_by_processor_time()
    {
        var result = Shell("while :; do :; done & while :; do :; done", Tight with { Cpu = TimeSpan.FromSeconds(1) });
        Assert.True(result.End == SandboxEnd.CpuTime || result.ExitCode > 128, $"{result.End} {result.ExitCode}");
    }

    [SandboxFact]
    public void A_fork_bomb_runs_into_its_limit_and_leaves_nothing()
    {
        var mark = $"31{Environment.ProcessId}";
        var result = Shell(
            $"for i in $(seq 200); do sleep {mark} & done 2>/dev/null; jobs -r | wc -l", Tight with { Wall = TimeSpan.FromSeconds(3) });
        Assert.True(
            result.End == SandboxEnd.WallTime
                || int.Parse(Text(result), System.Globalization.CultureInfo.InvariantCulture) <= Tight.Processes,
            $"{result.End}: {Text(result)}");
        Assert.DoesNotContain(Process.GetProcessesByName("sleep"),
            process => File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(mark, StringComparison.Ordinal));
    }

    [SandboxFact]
    public void Background_processes_end_with_the_command()
    {
        var mark = $"32{Environment.ProcessId}";
        Assert.Equal(SandboxEnd.Exited, Shell($"setsid nohup sleep {mark} >/dev/null 2>&1 & exit 0").End);
        Assert.DoesNotContain(Process.GetProcessesByName("sleep"),
            process => File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(mark, StringComparison.Ordinal));
    }

    [SandboxFact]
    public void Memory_beyond_the_limit_cannot_be_allocated()
    {
        var result = Shell("x=$(head -c 300000000 /dev/zero | tr '\\0' a); echo ${#x}");
        Assert.NotEqual("300000000", Text(result));
        Assert.False(result.Succeeded);
    }

    [SandboxFact]
    public void Memory_is_counted_over_all_processes()
    {
        var result = Shell(
            "for i in 1 2 3 4 5; do bash -c 'x=$(head -c 20000000 /dev/zero | tr \"\\0\" a); sleep 9' & done; wait",
            Tight with { MemoryBytes = 90 * 1024 * 1024 });
        Assert.Equal(SandboxEnd.Memory, result.End);
    }

    [SandboxTheory]
    // System V shared memory
    [InlineData(
        "my $id = shmget(0, 600000000, 0600); exit 3 unless defined $id; shmwrite($id, 'x' x " +
        "300000000, 0, 300000000) or exit 3; print 'held'")]
    // memfd on x86-64
    [InlineData(
        "my $fd = syscall(319, my $name = 'x', 0); exit 3 if $fd < 0; open(my $file, '>&=', $fd); my $part = 'x' x 1000000; for (1..300) " +
        "{ syswrite($file, $part) or exit 3 } print 'held'")]
    public void Memory_outside_of_process_limits_cannot_be_allocated_either(string script)
    {
        var result = new Bubblewrap().Run(new("/usr/bin/perl", ["-e", script]) { Limits = Tight });
        Assert.NotEqual("held", Text(result));
        Assert.False(result.Succeeded);
    }

    [SandboxTheory]
    [InlineData("yes")]
    [InlineData("yes >&2")]
    public void A_flood_of_output_is_cut_off(string script)
    {
        var result = Shell(script);
        Assert.Equal(SandboxEnd.Output, result.End);
        Assert.True(result.Output.Length <= Tight.OutputBytes && result.Errors.Length <= Tight.OutputBytes);
    }

    [SandboxTheory]
    [InlineData("/tmp/flood")]
    [InlineData("/dev/shm/flood")]
    [InlineData("/flood")]
    [InlineData("/usr/flood")]
    public void A_flood_of_files_fills_at_most_the_private_space(string path)
    {
        var result = Shell($"for i in 1 2 3 4; do head -c 5000000 /dev/zero > {path}$i; done 2>/dev/null; cat {path}* 2>/dev/null | wc -c");
        Assert.True(
            int.Parse(Text(result), System.Globalization.CultureInfo.InvariantCulture)
                <= (path.StartsWith("/tmp", StringComparison.Ordinal) ? Tight.DiskBytes : 0), Text(result));
    }

    [SandboxFact]
    public void There_is_no_network_not_even_the_machine_itself()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.Equal("closed", Text(Shell($"(exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null && echo open || echo closed")));
        Assert.False(listener.Pending());
    }

    [SandboxFact]
    public void The_graders_files_are_not_visible()
    {
        var secret = Path.Combine(Directory.CreateTempSubdirectory("secret-").FullName, "secret.txt");
        File.WriteAllText(secret, "secret");
        Assert.Equal("", Text(Shell(
            $"cat {secret} {typeof(BubblewrapTests).Assembly.Location} /etc/passwd /root/.bashrc 2>/dev/null; "
                + "ls -A /tmp /root /home 2>/dev/null | grep -v : | xargs")));
        Directory.Delete(Path.GetDirectoryName(secret)!, recursive: true);
    }

    [SandboxFact]
    public void Readable_files_cannot_be_written()
    {
        var folder = Directory.CreateTempSubdirectory("read-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        File.WriteAllText(Path.Combine(folder, "given.txt"), "given");
        File.SetUnixFileMode(Path.Combine(folder, "given.txt"), (UnixFileMode)0x1B6);
        var script = $"cat {folder}/given.txt; (echo evil > {folder}/given.txt; touch {folder}/more; rm -rf {folder}) 2>/dev/null";
        Assert.Equal("given", Text(Shell(script, null, "", folder)));
        Assert.Equal("given", File.ReadAllText(Path.Combine(folder, "given.txt")));
        Assert.Single(Directory.GetFiles(folder));
        Directory.Delete(folder, recursive: true);
    }

    [SandboxFact]
    public void Other_processes_cannot_be_seen_or_ended()
    {
        Assert.Equal("gone", Text(Shell($"kill -0 {Environment.ProcessId} 2>/dev/null && echo there || echo gone")));
        Assert.Equal("no", Text(Shell("unshare -Ur true 2>/dev/null && echo yes || echo no")));
    }

    [Fact]
    public void If_there_is_a_sandbox_nothing_runs_without_it()
    {
        Assert.IsType<Bubblewrap>(Sandbox.Choose(whyNot: null, unsafeWithout: true));
        Assert.IsType<NoSandbox>(Sandbox.Choose("bubblewrap is not installed.", unsafeWithout: true));
    }

    [Fact]
    public void Without_a_sandbox_grading_refuses_and_says_what_to_do()
    {
        var message = Assert.Throws<SandboxMissingException>(
            () => Sandbox.Choose("bubblewrap is not installed.", unsafeWithout: false)).Message;
        Assert.Contains("--unsafe-no-sandbox", message, StringComparison.Ordinal);
        Assert.Contains("bubblewrap is not installed", message, StringComparison.Ordinal);
    }
}

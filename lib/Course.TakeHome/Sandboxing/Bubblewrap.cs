using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Course.TakeHome.Sandboxing;

/// <summary>
/// Linux namespaces through bubblewrap: no network, no process but its own, /usr and what the command names read-only, a temporary space of
/// bounded size, an empty environment, no capability, no terminal. Limits come from a control group where one may be made, from prlimit,
/// and from <see cref="Supervisor"/> for what prlimit counts per process only. What it does not contain is a hole in the kernel: few system
/// calls are refused (<see cref="SystemCallFilter"/>).
/// </summary>
public sealed class Bubblewrap : ISandbox
{
    // The kernel does not count the processes of a machine's root, whatever a namespace calls it. Somebody else's it does.
    private static readonly string[] AsNobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    private static readonly Lazy<string?> Missing = new(Probe);

    /// <summary>
    /// The file that holds <see cref="SystemCallFilter"/>, for as long as this program runs; null where there is none for this machine.
    /// </summary>
    private static readonly Lazy<string?> Filtered = new(WriteFilter);

    private static readonly string[] Filter = ["--seccomp", "9"];

    public string Name => "bubblewrap";

    /// <summary>Why it does not work on this machine; null where it does.</summary>
    public static string? WhyNot() => Missing.Value;

    public SandboxResult Run(SandboxCommand command, CancellationToken cancel = default)
    {
        command.Limits.Validate();
        using var group = MemoryGroup.TryMake(command.Limits.MemoryBytes * 5 / 4); // beyond what supervision ends with a reason
        return Supervisor.Run(Start(command, group), command, cancel);
    }

    private static ProcessStartInfo Start(SandboxCommand command, MemoryGroup? group)
    {
        string[] inside = ["--", .. Rlimits(command.Limits), command.Program, .. command.Arguments];
        string[] line = [
            .. Environment.IsPrivilegedProcess ? AsNobody : [], "/usr/bin/bwrap", .. Filtered.Value is null ? [] : Filter,
            .. Walls(command), .. inside
        ];
        // The shell is gone before anything of the command runs.
        return new(
            "/usr/bin/sh",
            [
                "-c",
                (group is null ? "" : "echo $$ > \"$1\" && ") + "shift && exec \"$@\""
                    + (Filtered.Value is { } file ? $" 9< '{file}'" : ""),
                "sh", group?.Members ?? "", .. line
            ]);
    }

    private static string? WriteFilter()
    {
        if (SystemCallFilter.Program is not { } program)
            return null;
        var file = Path.Combine(Path.GetTempPath(), $"course-filter-{Guid.NewGuid():n}");
        File.WriteAllBytes(file, program);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        return file;
    }

    private static List<string> Walls(SandboxCommand command)
    {
        List<string> walls =
        [
            "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname",
            "sandbox",
            "--clearenv", "--setenv", "HOME", "/tmp", "--setenv", "TMPDIR", "/tmp", "--setenv", "PATH", "/usr/bin",
            "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
            "--proc", "/proc", "--dev", "/dev",
            "--size", Number(command.Limits.DiskBytes), "--tmpfs", "/tmp",
        ];
        foreach (var (name, value) in command.Environment)
            walls.AddRange(["--setenv", name, value]);
        foreach (var path in command.Reads)
            walls.AddRange(["--ro-bind", path, path]);
        // Behind all mounts: the root and /dev are made of memory, too, and would take what /tmp does not.
        walls.AddRange(["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"]);
        return walls;
    }

    private static string[] Rlimits(SandboxLimits limits) =>
    [
        "/usr/bin/prlimit", $"--nproc={limits.Processes}", $"--data={Number(limits.MemoryBytes)}",
        $"--cpu={Number((long)Math.Ceiling(limits.Cpu.TotalSeconds))}",
        $"--fsize={Number(limits.DiskBytes)}", "--core=0", "--nofile=512",
    ];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Probe()
    {
        if (!OperatingSystem.IsLinux())
            return "this is no Linux.";
        try
        {
            var command = new SandboxCommand("/usr/bin/true", []) { Limits = new() { Wall = TimeSpan.FromSeconds(20) } };
            var result = Supervisor.Run(Start(command, null), command, default);
            return result.Succeeded ? null : $"bubblewrap answers: {result.Errors.Trim()}.";
        }
        catch (Win32Exception)
        {
            return "bubblewrap is not installed.";
        }
    }
}

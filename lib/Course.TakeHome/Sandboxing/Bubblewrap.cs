using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Course.TakeHome.Sandboxing;

/// <summary>
/// Linux namespaces through bubblewrap: no network, no process but its own, /usr and what the command names read-only, a temporary space of
/// bounded size, an empty environment, no capability, no terminal. Limits come from prlimit, and from <see cref="Supervisor"/> for what
/// prlimit counts per process only. What it does not contain is a hole in the kernel: no system call is filtered.
/// </summary>
public sealed class Bubblewrap : ISandbox
{
    // The kernel does not count the processes of a machine's root, whatever a namespace calls it. Somebody else's it does.
    private static readonly string[] AsNobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    private static readonly Lazy<string?> Missing = new(Probe);

    public string Name => "bubblewrap";

    /// <summary>Why it does not work on this machine; null where it does.</summary>
    public static string? WhyNot() => Missing.Value;

    public SandboxResult Run(SandboxCommand command, CancellationToken cancel = default)
    {
        command.Limits.Validate();
        return Supervisor.Run(Start(command), command, cancel);
    }

    private static ProcessStartInfo Start(SandboxCommand command)
    {
        string[] line = [.. Environment.IsPrivilegedProcess ? AsNobody : [], "/usr/bin/bwrap", .. Walls(command), "--", .. Rlimits(command.Limits), command.Program, .. command.Arguments];
        return new(line[0], line[1..]);
    }

    private static List<string> Walls(SandboxCommand command)
    {
        List<string> walls =
        [
            "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "sandbox",
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
        "/usr/bin/prlimit", $"--nproc={limits.Processes}", $"--data={Number(limits.MemoryBytes)}", $"--cpu={Number((long)Math.Ceiling(limits.Cpu.TotalSeconds))}",
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
            var result = Supervisor.Run(Start(command), command, default);
            return result.Succeeded ? null : $"bubblewrap answers: {result.Errors.Trim()}.";
        }
        catch (Win32Exception)
        {
            return "bubblewrap is not installed.";
        }
    }
}

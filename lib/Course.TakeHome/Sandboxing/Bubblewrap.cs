using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Course.TakeHome.Sandboxing;

/// <summary>
/// Linux namespaces through bubblewrap: no network, no processes but its own, /usr and the paths that the command names read-only, a
/// temporary space of bounded size, an empty environment, no capabilities, no terminal. Limits come from a control group where one can be
/// created, from prlimit, and from <see cref="Supervisor"/> for what prlimit counts only per process. It does not protect against bugs of
/// the kernel: few system calls are refused (<see cref="SystemCallFilter"/>).
/// </summary>
public sealed class Bubblewrap : ISandbox
{
    // The kernel does not limit the number of root's processes, whatever a namespace calls that user; it limits another user's.
    private static readonly string[] AsNobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    private static readonly Lazy<string?> Missing = new(Probe);

    /// <summary>
    /// The file with <see cref="SystemCallFilter"/>, which exists while this program runs; null if there is no filter for this machine.
    /// </summary>
    private static readonly Lazy<string?> Filtered = new(WriteFilter);

    private static readonly string[] Filter = ["--seccomp", "9"];

    public string Name => "bubblewrap";

    /// <summary>Why bubblewrap does not work on this machine; null if it does.</summary>
    public static string? WhyNot() => Missing.Value;

    public SandboxResult Run(SandboxCommand command, CancellationToken cancel = default)
    {
        command.Limits.Validate();
        using var group = MemoryGroup.TryMake(command.Limits.MemoryBytes * 5 / 4); // above the supervised limit, which gives a reason
        return Supervisor.Run(Start(command, group), command, cancel);
    }

    private static ProcessStartInfo Start(SandboxCommand command, MemoryGroup? group)
    {
        string[] inside = ["--", .. Rlimits(command.Limits), command.Program, .. command.Arguments];
        string[] line = [
            .. Environment.IsPrivilegedProcess ? AsNobody : [], "/usr/bin/bwrap", .. Filtered.Value is null ? [] : Filter,
            .. Walls(command), .. inside
        ];
        // The shell is replaced before anything of the command runs.
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
        // After all mounts: the root and /dev are in memory, too, and could be filled beyond the limit of /tmp.
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
            return "this is not Linux.";
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

using System.Globalization;

namespace Course.TakeHome.Sandboxing;

/// <summary>
/// A control group that counts all kinds of memory of the processes in it, and kills processes beyond its limit. It needs permission to
/// create groups below the process's own; without it, only the process limits and <see cref="SystemCallFilter"/> apply.
/// </summary>
internal sealed class MemoryGroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup";

    private readonly string folder;

    private MemoryGroup(string folder) => this.folder = folder;

    /// <summary>The file to which a process writes its id to join the group.</summary>
    public string Members => Path.Combine(folder, "cgroup.procs");

    /// <summary>Creates a group with a memory limit; null if none can be created.</summary>
    public static MemoryGroup? TryMake(long bytes)
    {
        foreach (var (parent, limits) in Candidates())
            if (TryMake(Path.Combine(parent, $"course-{Guid.NewGuid():n}"), limits, bytes) is { } group)
                return group;
        return null;
    }

    public void Dispose()
    {
        for (var tries = 20; tries > 0 && Directory.Exists(folder); tries--)
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(50); // the kernel is still ending its processes
            }
    }

    private static MemoryGroup? TryMake(string folder, string[] limits, long bytes)
    {
        try
        {
            Directory.CreateDirectory(folder);
            // The second limit is for swap, which not every kernel counts.
            File.WriteAllText(Path.Combine(folder, limits[0]), bytes.ToString(CultureInfo.InvariantCulture));
            if (File.Exists(Path.Combine(folder, limits[1])))
                File.WriteAllText(
                    Path.Combine(folder, limits[1]),
                    limits[1].Contains("swap.max", StringComparison.Ordinal) ? "0" : bytes.ToString(CultureInfo.InvariantCulture));
            return new(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            new MemoryGroup(folder).Dispose();
            return null;
        }
    }

    /// <summary>The control groups of this process, of either version, and the names of their limit files.</summary>
    private static IEnumerable<(string Parent, string[] Limits)> Candidates()
    {
        foreach (var line in File.Exists("/proc/self/cgroup") ? File.ReadAllLines("/proc/self/cgroup") : [])
            if (line.Split(':', 3) is [_, var controllers, var path])
            {
                if (controllers.Length == 0)
                    yield return ($"{Root}{path}", ["memory.max", "memory.swap.max"]);
                else if (controllers.Split(',').Contains("memory"))
                    yield return ($"{Root}/memory{path}", ["memory.limit_in_bytes", "memory.memsw.limit_in_bytes"]);
            }
    }
}

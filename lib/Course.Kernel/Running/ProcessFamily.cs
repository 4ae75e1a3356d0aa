using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Course.Kernel.Running;

/// <summary>
/// A worker and all processes that its cells started, so that none of them outlives the run. On Linux the worker adopts orphaned
/// descendants, so all of them can be found from it. If the worker dies first, they are found by a mark in their environment. Other
/// systems use the process tree.
/// Sources: prctl(2) PR_SET_CHILD_SUBREAPER, proc(5).
/// </summary>
internal static class ProcessFamily
{
    /// <summary>The environment variable with the mark, which every child inherits.</summary>
    public const string Variable = "COURSE_NOTEBOOK_RUN";

    // Each round ends the processes that were started during the round before. If some remain after the last, they are left to the system.
    private const int Rounds = 50;
    private const int Adopt = 36, Kill = 9, Stop = 19;

    /// <summary>Makes the worker adopt orphaned descendants. Called in the worker, before its first cell.</summary>
    public static void AdoptOrphans()
    {
        if (OperatingSystem.IsLinux())
            _ = Control(Adopt, 1, 0, 0, 0);
    }

    /// <summary>Ends all processes of the family except this one. Called in the worker, before it exits.</summary>
    public static void EndOthers()
    {
        if (OperatingSystem.IsLinux())
            EndMembers(Environment.ProcessId, Environment.GetEnvironmentVariable(Variable) ?? "");
    }

    /// <summary>Ends the worker and its whole family. Called in the runner.</summary>
    public static void End(Process worker, string mark)
    {
        if (!OperatingSystem.IsLinux())
        {
            EndTree(worker);
            return;
        }

        // A stopped worker starts no more processes, but still adopts orphans.
        var alive = !worker.HasExited;
        _ = alive ? Signal(worker.Id, Stop) : 0;
        EndMembers(alive ? worker.Id : 0, mark);
        _ = alive ? Signal(worker.Id, Kill) : 0;
    }

    private static void EndMembers(int head, string mark)
    {
        for (var round = 0; round < Rounds && Members(head, mark) is { Count: > 0 } members; round++)
        {
            // Errors are ignored: a process that has exited already needs no signal.
            foreach (var member in members)
                _ = Signal(member, Stop);
            foreach (var member in members)
                _ = Signal(member, Kill);
        }
    }

    private static List<int> Members(int head, string mark)
    {
        var running = Running();
        var family = running.Where(process => process.Id == head || IsMarked(process.Id, mark)).Select(process => process.Id).ToHashSet();
        for (var before = -1; family.Count > before;)
        {
            before = family.Count;
            family.UnionWith(running.Where(process => family.Contains(process.Parent)).Select(process => process.Id));
        }

        family.ExceptWith([head, Environment.ProcessId]);
        return [.. family];
    }

    private static List<(int Id, int Parent)> Running()
    {
        var running = new List<(int, int)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Read($"{folder}/stat") is { Length: > 0 } stat)
            {
                // "id (name) state parent …"; the name may contain any character. Zombies have ended already.
                var fields = Encoding.ASCII.GetString(stat.AsSpan(stat.AsSpan().LastIndexOf((byte)')') + 1)).Split(' ', 4);
                if (fields is [_, not ("Z" or "X"), var parent, ..])
                    running.Add((id, int.Parse(parent, CultureInfo.InvariantCulture)));
            }
        }

        return running;
    }

    private static bool IsMarked(int id, string mark) =>
        mark.Length > 0 && Read($"/proc/{id}/environ").AsSpan().IndexOf(Encoding.ASCII.GetBytes($"{Variable}={mark}")) >= 0;

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or belongs to another user.
            return [];
        }
    }

    private static void EndTree(Process worker)
    {
        try
        {
            worker.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // The process has exited already.
        }
    }

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}

using System.Globalization;

namespace Course.TakeHome.Sandboxing;

/// <summary>The resources that a process and all its descendants use, from /proc.</summary>
/// <param name="Threads">The number of threads of all processes.</param>
/// <param name="MemoryBytes">Resident memory in bytes: an upper bound, because shared pages count once for each process.</param>
/// <param name="Cpu">The processor time of living processes, and of ended ones whose parent has waited for them.</param>
public readonly record struct ProcessTree(int Threads, long MemoryBytes, TimeSpan Cpu)
{
    private const double TicksPerSecond = 100; // USER_HZ is 100 on every Linux that .NET runs on

    /// <summary>Whether any thread is running or ready to run. A thread that waits for something is not.</summary>
    public static bool IsRunning(int process)
    {
        var open = new Stack<int>([process]);
        while (open.TryPop(out var id))
        {
            if (Tasks(id).Any(task => Read($"{task}/stat") is { } text && text[text.LastIndexOf(')') + 2] is 'R' or 'D'))
                return true;
            foreach (var child in Children(id))
                open.Push(child);
        }
        return false;
    }

    /// <summary>Reads the current usage; all zero on a system without /proc.</summary>
    internal static ProcessTree Of(int process)
    {
        var sum = default(ProcessTree);
        var open = new Stack<int>([process]);
        while (open.TryPop(out var id))
        {
            if (Stat(id) is not { } one)
                continue;
            sum = new(sum.Threads + one.Threads, sum.MemoryBytes + one.MemoryBytes, sum.Cpu + one.Cpu);
            foreach (var child in Children(id))
                open.Push(child);
        }
        return sum;
    }

    private static ProcessTree? Stat(int id)
    {
        if (Read($"/proc/{id}/stat") is not { } text)
            return null;
        // The second field is a name in brackets that may hold any character; the numbers follow the last bracket. See proc(5).
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        var ticks = Field(14) + Field(15) + Field(16) + Field(17);
        return new((int)Field(20), Field(24) * Environment.SystemPageSize, TimeSpan.FromSeconds(ticks / TicksPerSecond));
    }

    private static IEnumerable<int> Children(int id) =>
        from task in Tasks(id)
        from child in (Read($"{task}/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select int.Parse(child, CultureInfo.InvariantCulture);

    private static string[] Tasks(int id)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{id}/task");
        }
        catch (IOException)
        {
            return []; // the process has ended since
        }
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

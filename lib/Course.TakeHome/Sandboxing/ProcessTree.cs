using System.Globalization;

namespace Course.TakeHome.Sandboxing;

/// <summary>What a process and all its descendants use, from /proc.</summary>
/// <param name="Threads">Of all processes.</param>
/// <param name="MemoryBytes">Resident, with shared pages counted once for each process: an upper bound.</param>
/// <param name="Cpu">Of the living and of the dead that somebody waited for.</param>
internal readonly record struct ProcessTree(int Threads, long MemoryBytes, TimeSpan Cpu)
{
    private const double TicksPerSecond = 100; // USER_HZ is 100 on every Linux that .NET runs on

    /// <summary>All zero where there is no /proc.</summary>
    public static ProcessTree Of(int process)
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
        // The second field is a name in brackets and may hold anything; numbers follow the last bracket. See proc(5).
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        var ticks = Field(14) + Field(15) + Field(16) + Field(17);
        return new((int)Field(20), Field(24) * Environment.SystemPageSize, TimeSpan.FromSeconds(ticks / TicksPerSecond));
    }

    private static IEnumerable<int> Children(int id)
    {
        string[] tasks;
        try
        {
            tasks = Directory.GetDirectories($"/proc/{id}/task");
        }
        catch (IOException)
        {
            yield break; // it ended between two glances
        }
        foreach (var task in tasks)
            foreach (var child in (Read($"{task}/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return int.Parse(child, CultureInfo.InvariantCulture);
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

using System.Collections.Concurrent;
using System.Globalization;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Tests.Sandboxing;

/// <summary>The real sandbox, which also records the folders that it was given, to check that nothing of them is left.</summary>
internal sealed class WatchedSandbox : ISandbox
{
    /// <summary>The time that the kernel may take to end a namespace after its first process has ended.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly Bubblewrap inner = new();
    private readonly ConcurrentBag<string> shown = [];

    public string Name => inner.Name;

    public SandboxResult Run(SandboxCommand command, CancellationToken cancel = default)
    {
        foreach (var path in command.Reads.Where(path => path.StartsWith(Path.GetTempPath(), StringComparison.Ordinal)))
            shown.Add(path);
        return inner.Run(command, cancel);
    }

    /// <summary>Demands that no folder of the grader is left, and no process that was started on one.</summary>
    public void RequireNothingLeft()
    {
        var places = shown.Distinct().ToArray();
        Assert.NotEmpty(places);
        Assert.DoesNotContain(places, Path.Exists);
        string[] Left() => [.. CommandLines().Where(line => places.Any(place => line.Contains(place, StringComparison.Ordinal)))];
        SpinWait.SpinUntil(() => Left().Length == 0, Moment);
        Assert.Empty(Left());
    }

    private static IEnumerable<string> CommandLines() => Directory.GetDirectories("/proc")
        .Where(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(CommandLine);

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return ""; // the process has ended since
        }
    }
}

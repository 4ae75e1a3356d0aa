using System.Globalization;
using System.Text;
using Course.Kernel.Running;

namespace Course.Kernel.Tests.Running;

/// <summary>No process that a cell started outlives its notebook, however that ends.</summary>
public sealed class ProcessFamilyTests
{
    // No other process sleeps for that long.
    private readonly string time =
        string.Create(CultureInfo.InvariantCulture, $"9{Environment.ProcessId}{Environment.TickCount64 % 100_000:00000}");

    [LinuxFact]
    public async Task They_end_when_the_notebook_is_done() => Assert.Null((await RunAsync(null, "")).Failure);

    [LinuxFact]
    public async Task They_end_when_a_cell_runs_out_of_time() =>
        Assert.Equal("Timeout", (await RunAsync(TimeSpan.FromSeconds(15), "while (true) { }")).Failure?.Name);

    [LinuxFact]
    public async Task They_end_when_the_kernel_dies() =>
        Assert.Equal("KernelDied", (await RunAsync(null, "Environment.FailFast(\"gone\");")).Failure?.Name);

    private async Task<NotebookRun> RunAsync(TimeSpan? timeout, string end)
    {
        // Started in the shell's background, they are orphans at once, and two of three leave session and process group.
        var run = await Runs.CellsAsync(new RunnerOptions(CellTimeout: timeout), $$"""
            var start = "sleep {{time}} & setsid sleep {{time}} & (setsid sh -c 'sleep {{time}}; :' &)";
            for (var i = 0; i < 3; i++)
                System.Diagnostics.Process.Start("sh", ["-c", start]).WaitForExit();
            System.Threading.Thread.Sleep(300);
            {{end}}
            """);
        Assert.Empty(Sleeping());
        return run;
    }

    private List<string> Sleeping() =>
        [.. Directory.EnumerateDirectories("/proc")
            .Where(folder => char.IsDigit(Path.GetFileName(folder)[0]) && CommandLine(folder).Contains(time, StringComparison.Ordinal))];

    private static string CommandLine(string folder)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"{folder}/cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

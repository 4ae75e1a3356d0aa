using Course.TakeHome.Grading.Judging;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading.Running;

/// <summary>Starts sandboxed processes with a candidate's code, and talks to them.</summary>
internal sealed class CandidateProcess(DotnetSdk sdk, ISandbox sandbox)
{
    public static readonly SandboxLimits Limits = new()
    {
        Wall = TimeSpan.FromMinutes(15),
        Cpu = TimeSpan.FromSeconds(120),
        OutputBytes = 64 * 1024,
        DiskBytes = 16 * 1024 * 1024
    };

    /// <summary>Starts a process, and talks to it.</summary>
    /// <param name="place">The workplace with the runner.</param>
    /// <param name="assembly">The path of the assembly to load.</param>
    /// <param name="talk">Asks questions. When it returns, the process is ended.</param>
    /// <param name="cancel">Ends the process.</param>
    /// <returns>How the process ended, if by itself or at a limit; null if it was ended because it was no longer needed.</returns>
    public string? Talk(Workplace place, string assembly, Action<JudgeSide> talk, CancellationToken cancel)
    {
        var command = sdk.Command(Limits, "exec", place.Runner, assembly);
        JudgeSide? judge = null;
        var result = sandbox.Run(
            command with
            {
                Reads = [.. command.Reads, place.Root],
                Talk = conversation =>
                {
                    judge = new(conversation);
                    talk(judge);
                    return judge.Wire.IsBroken;
                },
            },
            cancel);
        return result.End != SandboxEnd.Exited ? $"The process was ended by a limit ({result.End})"
            : judge?.Wire.IsBroken == true ? $"The process ended by itself with code {result.ExitCode}{Why(result.Errors)}"
            : null;
    }

    /// <summary>The first lines that the runtime wrote before it ended.</summary>
    private static string Why(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 0 ? $": {PlainText.Of(string.Join(' ', lines.Take(3)), 300)}" : "";
    }
}

/// <summary>
/// The time that the code of one archive may take in all exercises together. Otherwise an answer that waits for ever would delay all other
/// archives. Several threads may spend from it at the same time.
/// </summary>
internal sealed class TimeBudget(TimeSpan most)
{
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    private long spent; // ticks

    public bool IsSpent => Interlocked.Read(ref spent) >= most.Ticks;

    public void Spend(TimeSpan more) => Interlocked.Add(ref spent, more.Ticks);
}

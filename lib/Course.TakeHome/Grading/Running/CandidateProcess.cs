using Course.TakeHome.Grading.Judging;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading.Running;

/// <summary>Starts processes that hold a candidate's code, in a sandbox, and talks with them.</summary>
internal sealed class CandidateProcess(DotnetSdk sdk, ISandbox sandbox)
{
    public static readonly SandboxLimits Limits = new()
    {
        Wall = TimeSpan.FromMinutes(15), Cpu = TimeSpan.FromSeconds(120), OutputBytes = 64 * 1024, DiskBytes = 16 * 1024 * 1024
    };

    /// <param name="place">Holds the runner.</param>
    /// <param name="assembly">What is loaded there.</param>
    /// <param name="talk">Asks; the process is ended when this returns.</param>
    /// <param name="cancel">Ends the process.</param>
    /// <returns>How the process ended where it ended by itself or at a limit; null where it was not needed any more.</returns>
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

    /// <summary>What the runtime said before it ended.</summary>
    private static string Why(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 0 ? $": {PlainText.Of(string.Join(' ', lines.Take(3)), 300)}" : "";
    }
}

/// <summary>
/// The time that the code of one archive may take, over all exercises: an answer that waits for ever takes the time of others otherwise.
/// Several exercises may spend from it at once.
/// </summary>
internal sealed class TimeBudget(TimeSpan most)
{
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    private long spent; // ticks

    public bool IsSpent => Interlocked.Read(ref spent) >= most.Ticks;

    public void Spend(TimeSpan more) => Interlocked.Add(ref spent, more.Ticks);
}

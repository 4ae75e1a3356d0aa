using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Course.TakeHome.Exercises;
using Course.TakeHome.Runner;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading.Running;

/// <summary>What a run came to.</summary>
/// <param name="Lines">What the runner stated, without its last word.</param>
/// <param name="Trouble">How the process ended where it did not end well; null where it did.</param>
/// <param name="Forged">Lines of output that the runner did not write.</param>
internal sealed record CheckRunResult(IReadOnlyList<RunnerLine> Lines, string? Trouble, int Forged)
{
    /// <summary>Those of checks.</summary>
    public IEnumerable<RunnerLine> Outcomes => Lines.Where(line => line.Outcome is not null);
}

/// <summary>Runs one task on compiled answers, in a sandbox and a process of its own.</summary>
internal sealed class CheckRun(DotnetSdk sdk, ISandbox sandbox, TimeSpan perCheck)
{
    /// <summary>Names the data that grading asks about. Fixed, so that grading twice asks the same.</summary>
    public const string Trial = "grading";

    public static readonly SandboxLimits Limits = new() { Wall = TimeSpan.FromSeconds(120), Cpu = TimeSpan.FromSeconds(120), OutputBytes = 2 * 1024 * 1024, DiskBytes = 16 * 1024 * 1024 };

    // A right loop is timed in two seconds; one that waits for the clock to be there gets no longer than this.
    private static readonly SandboxLimits Timing = Limits with { Wall = TimeSpan.FromSeconds(30) };

    /// <param name="task">What to do.</param>
    /// <param name="exercise">With which answer.</param>
    /// <param name="seed">Of the candidate's folder.</param>
    /// <param name="place">Holds <c>Answers.dll</c>, and <c>Decoders.dll</c> where the task needs it.</param>
    /// <param name="cancel">Ends the run.</param>
    public CheckRunResult Run(RunnerTask task, Exercise exercise, ulong seed, Workplace place, CancellationToken cancel)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var request = new RunnerRequest(Convert.ToHexString(key), place.Answers, exercise.Id, DataSeed(exercise, seed), Trial, perCheck.TotalSeconds) { Task = task, Decoders = place.Decoders };
        var command = sdk.Command(task == RunnerTask.Time ? Timing : Limits, "exec", place.Runner);
        var result = sandbox.Run(command with { Reads = [.. command.Reads, place.Root], Input = JsonSerializer.SerializeToUtf8Bytes(request, RunnerProgram.Format) }, cancel);
        var lines = Encoding.UTF8.GetString(result.Output.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        RunnerLine[] stated = [.. lines.Select(line => SignedLine.Read(line, key)).OfType<RunnerLine>()];
        var inOrder = stated.Select(line => line.Number).SequenceEqual(Enumerable.Range(0, stated.Length));
        var ended = inOrder && stated is [.., { Last: true }];
        return new([.. stated.Where(line => !line.Last)], ended ? null : Trouble(result, stated), lines.Length - stated.Length);
    }

    /// <summary>
    /// The numbers of the candidate's own card could be written down in an answer. Where an answer is right whatever the seed, grading takes others.
    /// </summary>
    public static ulong DataSeed(Exercise exercise, ulong seed) => exercise.AnswerVaries ? seed : BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{Trial}/{seed}")));

    private static string Trouble(SandboxResult result, RunnerLine[] stated)
    {
        var after = stated.LastOrDefault(line => line.Outcome is not null)?.Outcome is { } last ? $"after the check \"{last.Check}\"" : "before the first check ended";
        return result.End == SandboxEnd.Exited
            ? $"The process ended by itself with code {result.ExitCode}, {after}."
            : $"The process was ended by a limit ({result.End}), {after}.";
    }
}

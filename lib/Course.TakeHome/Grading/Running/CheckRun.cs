using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Course.TakeHome.Contracts;
using Course.TakeHome.Runner;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading.Running;

/// <summary>What a run of one exercise's checks came to.</summary>
/// <param name="Lines">Outcomes that the runner stated.</param>
/// <param name="Trouble">How the process ended where it did not end well; null where it did.</param>
/// <param name="Forged">Lines of output that the runner did not write.</param>
internal sealed record CheckRunResult(IReadOnlyList<RunnerLine> Lines, string? Trouble, int Forged);

/// <summary>Runs one exercise's checks on compiled answers, in a sandbox and a process of their own.</summary>
internal static class CheckRun
{
    /// <summary>Names the data that grading asks about. Fixed, so that grading twice asks the same.</summary>
    public const string Trial = "grading";

    public static readonly SandboxLimits Limits = new() { Wall = TimeSpan.FromSeconds(120), Cpu = TimeSpan.FromSeconds(120), OutputBytes = 2 * 1024 * 1024, DiskBytes = 16 * 1024 * 1024 };

    public static CheckRunResult Run(string exercise, ulong seed, string assembly, Workplace place, DotnetSdk sdk, ISandbox sandbox, CancellationToken cancel, TimeSpan? perCheck = null)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var request = new RunnerRequest(Convert.ToHexString(key), assembly, exercise, seed, Trial, (perCheck ?? CheckRunner.DefaultLimit).TotalSeconds);
        var command = sdk.Command(Limits, "exec", place.Runner);
        var result = sandbox.Run(command with { Reads = [.. command.Reads, place.Root], Input = JsonSerializer.SerializeToUtf8Bytes(request) }, cancel);
        var lines = Encoding.UTF8.GetString(result.Output.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        RunnerLine[] stated = [.. lines.Select(line => SignedLine.Read(line, key)).OfType<RunnerLine>()];
        var inOrder = stated.Select(line => line.Number).SequenceEqual(Enumerable.Range(0, stated.Length));
        var ended = inOrder && stated is [.., { Outcome: null }];
        return new([.. stated.Where(line => line.Outcome is not null)], ended ? null : Trouble(result, stated), lines.Length - stated.Length);
    }

    private static string Trouble(SandboxResult result, RunnerLine[] stated)
    {
        var after = stated.LastOrDefault(line => line.Outcome is not null)?.Outcome is { } last ? $"after the check \"{last.Check}\"" : "before the first check ended";
        return result.End == SandboxEnd.Exited
            ? $"The process ended by itself with code {result.ExitCode}, {after}."
            : $"The process was ended by a limit ({result.End}), {after}.";
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Course.TakeHome.Contracts;

/// <summary>Builds a folder and runs its checks in a process of their own, with a time limit.</summary>
public static class FolderCheck
{
    /// <summary>The time limit of the check process, above that of all checks together.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Collects new answers from the notebooks (<see cref="NotebookAnswers"/>), builds the folder, runs the checks, and logs the result.
    /// </summary>
    /// <param name="folder">The candidate's folder.</param>
    /// <param name="exercises">Ids of the exercises to check; empty for all.</param>
    /// <param name="limit">The time limit of the check process; null for the default.</param>
    /// <param name="time">The clock of the log; null for the system's.</param>
    /// <exception cref="CourseException">There is no such exercise.</exception>
    public static CheckReport Run(TakeHomeFolder folder, IReadOnlyList<string> exercises, TimeSpan? limit = null, TimeProvider? time = null)
    {
        NotebookAnswers.Collect(folder);
        folder.NotePredictions(time ?? TimeProvider.System); // before the checks: a prediction counts only if it came first
        string[] ids = [.. (exercises.Count > 0 ? exercises : folder.Manifest.Exercises).Select(folder.Known)];
        if (BuildErrors(folder) is { Count: > 0 } errors)
            return new(errors, [], null);
        var report = Path.Combine(folder.Root, "obj", "checks.jsonl");
        File.Delete(report);
        var (code, output) = Start(
            folder, limit ?? DefaultLimit,
            ["bin/Release/net10.0/TakeHome.dll", report, folder.Manifest.Seed.ToString(CultureInfo.InvariantCulture), .. ids]);
        var lines = File.Exists(report) ? File.ReadLines(report).Select(Parse).OfType<CheckLine>().ToArray() : [];
        var result = new CheckReport([], lines, Trouble(code, output, lines));
        foreach (var id in ids)
            folder.NoteCheck(id, result.Outcomes, time ?? TimeProvider.System);
        return result;
    }

    /// <summary>Errors of the compiler, and references that grading does not have; empty if there are none.</summary>
    internal static IReadOnlyList<string> BuildErrors(TakeHomeFolder folder)
    {
        if (FolderProject.ForeignReferences(folder) is { Count: > 0 } foreign)
            return foreign;
        // No build server and no build node may outlive the call.
        var (code, output) = Start(
            folder, BuildLimit, "build", "TakeHome.csproj", "-c", "Release", "-v", "q", "--nologo", "-nodeReuse:false",
            "-p:UseSharedCompilation=false");
        return code switch
        {
            0 => [],
            null => [$"The build did not end within {BuildLimit.TotalMinutes:0} minutes."],
            _ => Errors(folder, output),
        };
    }

    private static string? Trouble(int? code, string output, CheckLine[] lines)
    {
        var last = lines.LastOrDefault(line => line.Outcome is not null)?.Outcome;
        var after = last is null ? "before the first check ended" : $"after check \"{last.Check}\" of \"{last.Exercise}\"";
        return code switch
        {
            0 => null,
            null => $"The checks were ended because they took too long, {after}. Look for a loop that never ends.",
            _ =>
                $"The process that ran the checks ended by itself with code {code}, {after}: " +
                $"{string.Join('\n', output.Split('\n').Take(5))}",
        };
    }

    private static CheckLine? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckLine>(line, CheckReport.OneLine);
        }
        catch (JsonException)
        {
            return null; // the line that was being written when the process ended
        }
    }

    private static string[] Errors(TakeHomeFolder folder, string output)
    {
        string[] errors = [.. output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal))
            .Select(line => line.Replace(folder.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Split(" [")[0].Trim())
            .Distinct()];
        return errors.Length > 0 ? errors : [.. output.Split('\n').TakeLast(10)];
    }

    private static (int? Code, string Output) Start(TakeHomeFolder folder, TimeSpan limit, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true
        };
        // Otherwise a build that is started by another build would inherit its settings.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (process.WaitForExit(limit))
            return (process.ExitCode, string.Concat(output.Result));
        process.Kill(entireProcessTree: true);
        return (null, "");
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Course.TakeHome.Contracts;

/// <summary>Builds a folder and runs its checks in a process of their own, with a time limit.</summary>
public static class FolderCheck
{
    /// <summary>Beyond what all checks together may take.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(3);

    /// <summary>Takes what is new in the notebooks first (<see cref="NotebookAnswers"/>), and writes down what came of it.</summary>
    public static CheckReport Run(TakeHomeFolder folder, IReadOnlyList<string> exercises, TimeSpan? limit = null, TimeProvider? time = null)
    {
        NotebookAnswers.Collect(folder);
        folder.NotePredictions(time ?? TimeProvider.System); // before the checks: a prediction comes first or it is none
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

    /// <summary>What the compiler objects to, or grading's would; empty where nothing.</summary>
    internal static IReadOnlyList<string> BuildErrors(TakeHomeFolder folder)
    {
        if (FolderProject.ForeignReferences(folder) is { Count: > 0 } foreign)
            return foreign;
        // Nothing that outlives the call: no build server, no node that waits.
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
            WorkingDirectory = folder.Root, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true
        };
        // A build inside a build takes the outer one's settings for its own.
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

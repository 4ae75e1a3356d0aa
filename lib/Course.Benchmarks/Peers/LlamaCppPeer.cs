using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Course.Benchmarks.Peers;

/// <summary>
/// llama.cpp as a program: <c>PEER bench THREADS SAMPLES CACHED MODEL.gguf</c> prints a line of JSON for each number of tokens at once,
/// with fields <c>m</c> and <c>median_ms</c>.
/// </summary>
/// <param name="path">The program.</param>
public sealed class LlamaCppPeer(string path)
{
    public const string Variable = "COURSE_LLAMACPP_PEER";

    /// <exception cref="CourseException">None is named, or it is not there.</exception>
    public static LlamaCppPeer Find(string? choice)
    {
        var path = choice ?? Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(path))
            throw new CourseException(
                $"There is no llama.cpp to compare with. Name a program with --peer or {Variable} that answers " +
                "`bench THREADS SAMPLES CACHED MODEL.gguf` with lines of JSON that have \"m\" and \"median_ms\"; `course bench decode` needs none.");
        return File.Exists(path) ? new(path) : throw new CourseException($"There is no program {path} to compare with. Correct --peer or {Variable}.");
    }

    /// <summary>Median seconds of a decode of m tokens, by m.</summary>
    /// <exception cref="CourseException">It failed, or what it printed is not understood.</exception>
    public IReadOnlyDictionary<int, double> Bench(int threads, int samples, int cached, string model)
    {
        using var process = Process.Start(new ProcessStartInfo(path, ["bench", Text(threads), Text(samples), Text(cached), model]) { RedirectStandardOutput = true })
            ?? throw new CourseException($"{path} did not start.");
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Parse(printed) : throw new CourseException($"{path} failed with exit code {process.ExitCode} on {model}.");
    }

    internal static IReadOnlyDictionary<int, double> Parse(string printed)
    {
        try
        {
            return printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
                .ToDictionary(line => line.GetProperty("m").GetInt32(), line => line.GetProperty("median_ms").GetDouble() / 1000);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new CourseException($"What llama.cpp's benchmark printed is not understood ({e.Message}): {printed[..Math.Min(200, printed.Length)]}", e);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Runtime.InteropServices;

namespace Course.Core;

/// <summary>Names the machine of a run, as a reader compares machines.</summary>
public static class MachineName
{
    private static readonly Lazy<string> ProcessorName = new(() =>
        Linux() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString());

    /// <summary>The processor's model; its architecture where the system does not tell.</summary>
    public static string Processor => ProcessorName.Value;

    /// <summary>Processor, threads, system, runtime.</summary>
    public static string Describe() =>
        $"{Processor}, {Environment.ProcessorCount} threads, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>Linux writes the model here on x86, and on nothing else.</summary>
    private static string? Linux()
    {
        const string Information = "/proc/cpuinfo", Field = "model name";
        return File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
            : null;
    }
}

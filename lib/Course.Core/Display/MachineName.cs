using System.Runtime.InteropServices;

namespace Course.Core;

/// <summary>Describes the machine of a run by what readers compare: processor, threads, system and runtime.</summary>
public static class MachineName
{
    private static readonly Lazy<string> ProcessorName = new(() =>
        Linux() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString());

    /// <summary>The processor's model, or its architecture if the system does not name the model.</summary>
    public static string Processor => ProcessorName.Value;

    /// <summary>Returns processor, thread count, operating system and .NET runtime in one line.</summary>
    public static string Describe() =>
        $"{Processor}, {Environment.ProcessorCount} threads, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>On Linux the model name is in /proc/cpuinfo, but only on x86.</summary>
    private static string? Linux()
    {
        const string Information = "/proc/cpuinfo", Field = "model name";
        return File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
            : null;
    }
}

using System.Runtime.InteropServices;

namespace Course.Kernel.Running;

/// <summary>Names the machine of a run, as a reader compares machines: processor, threads, system, runtime.</summary>
internal static class MachineName
{
    private static readonly Lazy<string> Name = new(() =>
        $"{Processor()}, {Environment.ProcessorCount} threads, {RuntimeInformation.OSDescription}, "
        + $"{RuntimeInformation.FrameworkDescription}");

    public static string Describe() => Name.Value;

    private static string Processor()
    {
        const string Information = "/proc/cpuinfo";
        var model = File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return model is null ? RuntimeInformation.ProcessArchitecture.ToString() : model[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}

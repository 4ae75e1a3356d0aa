using System.Globalization;

namespace Course.Inference.Kernels;

/// <summary>
/// How many threads the CPU kernels use: what <see cref="Variable"/> says, else one for each physical core; never more than the processors
/// that this process may use, for a second thread on one of them only waits.
/// </summary>
public static class ThreadCount
{
    /// <summary>The choice for a whole process, notebooks included.</summary>
    public const string Variable = "COURSE_THREADS";

    /// <exception cref="CourseException">The variable is set and is no number from 1 on.</exception>
    public static int Current() => Resolve(Environment.GetEnvironmentVariable(Variable));

    internal static int Resolve(string? choice)
    {
        if (string.IsNullOrWhiteSpace(choice))
            return Math.Min(PhysicalCores("/sys/devices/system/cpu") ?? int.MaxValue, Environment.ProcessorCount);
        if (!int.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            throw new CourseException($"{Variable} is '{choice}': expected a number of threads from 1 on, or nothing for one per core.");
        return Math.Min(count, Environment.ProcessorCount);
    }

    /// <summary>Hardware threads that share a core share its arithmetic: Linux says which do. Null where it does not.</summary>
    internal static int? PhysicalCores(string folder)
    {
        try
        {
            var cores = Directory.EnumerateDirectories(folder, "cpu*")
                .Select(cpu => Path.Combine(cpu, "topology", "thread_siblings_list")).Where(File.Exists).Select(File.ReadAllText).Distinct()
                .Count();
            return cores > 0 ? cores : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

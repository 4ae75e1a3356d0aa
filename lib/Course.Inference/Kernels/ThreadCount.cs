using System.Globalization;

namespace Course.Inference.Kernels;

/// <summary>
/// How many threads the CPU kernels use: the value of <see cref="Variable"/>, or one per physical core if it is not set. Never more than
/// the processors that this process may use, because a second thread on one of them would only wait.
/// </summary>
public static class ThreadCount
{
    /// <summary>The environment variable that chooses for a whole process, notebooks included.</summary>
    public const string Variable = "COURSE_THREADS";

    /// <summary>The number of threads for this process.</summary>
    /// <exception cref="CourseException">The variable is set, but is not a number ≥ 1.</exception>
    public static int Current() => Resolve(Environment.GetEnvironmentVariable(Variable));

    internal static int Resolve(string? choice)
    {
        if (string.IsNullOrWhiteSpace(choice))
            return Math.Min(PhysicalCores("/sys/devices/system/cpu") ?? int.MaxValue, Environment.ProcessorCount);
        if (!int.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            throw new CourseException(
                $"{Variable} is '{choice}': expected a number of threads, at least 1. Unset it for one thread per core.");
        return Math.Min(count, Environment.ProcessorCount);
    }

    /// <summary>
    /// The number of physical cores as Linux lists them in <paramref name="folder"/>; null if it does not. Hardware threads of one core
    /// share its arithmetic units, so a second thread per core gains little.
    /// </summary>
    internal static int? PhysicalCores(string folder)
    {
        try
        {
            var cores = Directory.EnumerateDirectories(folder, "cpu*")
                .Select(cpu => Path.Combine(cpu, "topology", "thread_siblings_list"))
                .Where(File.Exists).Select(File.ReadAllText).Distinct().Count();
            return cores > 0 ? cores : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

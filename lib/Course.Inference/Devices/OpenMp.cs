using System.Runtime.InteropServices;

namespace Course.Inference.Devices;

/// <summary>
/// How libtorch's threads wait for each other. Left alone they spin, for milliseconds, through every small operation: on a machine that
/// also does something else, a thread that lost its processor is then waited for at full heat, by the one that would have let it run.
/// Measured beside a training run, 2 threads on 2 processors: a text that took 1.2 s with waiting asleep took 2 to 12 s with spinning.
/// </summary>
internal static partial class OpenMp
{
    /// <summary>The standard's name for it (OpenMP 5.2, section 21.6). Whoever sets it, or GNU's own count of spins, is obeyed.</summary>
    internal const string WaitPolicy = "OMP_WAIT_POLICY";

    private const string SpinCount = "GOMP_SPINCOUNT";

    /// <summary>
    /// Must come before libtorch is loaded, whose OpenMP reads it once, and reads the system's own environment:
    /// what .NET sets in its copy never gets there.
    /// </summary>
    public static void WaitAsleep()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(SpinCount) is null)
            _ = SetEnvironment(WaitPolicy, "passive", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}

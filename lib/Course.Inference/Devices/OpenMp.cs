using System.Runtime.InteropServices;

namespace Course.Inference.Devices;

/// <summary>
/// Makes libtorch's threads sleep while they wait for each other. By default they spin for milliseconds in every small operation. On a
/// busy machine, a thread that spins then occupies the very processor that the thread it waits for would need.
/// Measured beside a training run, 2 threads on 2 processors: a text that took 1.2 s with sleeping took 2 to 12 s with spinning.
/// </summary>
internal static partial class OpenMp
{
    /// <summary>
    /// The environment variable of the standard (OpenMP 5.2, section 21.6). A value that the user has set is kept, and so is GNU's own
    /// <see cref="SpinCount"/>.
    /// </summary>
    internal const string WaitPolicy = "OMP_WAIT_POLICY";

    private const string SpinCount = "GOMP_SPINCOUNT";

    /// <summary>
    /// Must run before libtorch is loaded, because OpenMP reads the variable only once. It is set through libc: OpenMP reads the system's
    /// environment, and <see cref="Environment.SetEnvironmentVariable(string, string)"/> changes only .NET's copy.
    /// </summary>
    public static void WaitAsleep()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(SpinCount) is null)
            _ = SetEnvironment(WaitPolicy, "passive", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}

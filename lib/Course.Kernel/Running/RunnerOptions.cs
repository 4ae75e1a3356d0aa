namespace Course.Kernel.Running;

/// <summary>How notebooks are run.</summary>
/// <param name="Device">What the library is to use (auto, cpu, cuda:N); null leaves it to the environment.</param>
/// <param name="Quick">Few tokens, few samples: enough to see that everything works.</param>
/// <param name="CellTimeout">How long one cell may take before it is interrupted.</param>
public sealed record RunnerOptions(string? Device = null, bool Quick = false, TimeSpan? CellTimeout = null)
{
    /// <summary>Longer than any cell of the course takes on a slow laptop.</summary>
    public static readonly TimeSpan DefaultCellTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Told to the library by the environment, as a reader would tell it by hand.</summary>
    public const string DeviceVariable = "COURSE_DEVICE", QuickVariable = "COURSE_QUICK";

    public TimeSpan Timeout => CellTimeout ?? DefaultCellTimeout;

    internal bool IsQuick => Quick || Environment.GetEnvironmentVariable(QuickVariable) == "1";

    internal string DeviceName => Device ?? Environment.GetEnvironmentVariable(DeviceVariable) ?? "auto";

    internal Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>();
        if (Device is not null)
        {
            variables[DeviceVariable] = Device;
        }

        if (Quick)
        {
            variables[QuickVariable] = "1";
        }

        return variables;
    }
}

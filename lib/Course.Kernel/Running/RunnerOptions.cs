namespace Course.Kernel.Running;

/// <summary>Options for running notebooks.</summary>
/// <param name="Device">The device of the library (auto, cpu, cuda:N); null leaves the choice to the environment.</param>
/// <param name="Quick">Whether to use few tokens and samples: enough to check that everything works.</param>
/// <param name="CellTimeout">The time after which a cell is interrupted.</param>
public sealed record RunnerOptions(string? Device = null, bool Quick = false, TimeSpan? CellTimeout = null)
{
    /// <summary>The default timeout, longer than any cell of the course takes on a slow laptop.</summary>
    public static readonly TimeSpan DefaultCellTimeout = TimeSpan.FromMinutes(30);

    /// <summary>The environment variables through which the library receives these options.</summary>
    public const string DeviceVariable = "COURSE_DEVICE", QuickVariable = "COURSE_QUICK";

    public TimeSpan Timeout => CellTimeout ?? DefaultCellTimeout;

    internal bool IsQuick => Quick || Environment.GetEnvironmentVariable(QuickVariable) == "1";

    internal string DeviceName => Device ?? Environment.GetEnvironmentVariable(DeviceVariable) ?? "auto";

    internal Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>();
        if (Device is not null)
            variables[DeviceVariable] = Device;

        if (Quick)
            variables[QuickVariable] = "1";

        return variables;
    }
}

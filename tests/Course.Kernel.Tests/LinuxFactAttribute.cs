namespace Course.Kernel.Tests;

/// <summary>Of what only Linux offers; skipped elsewhere, and says so.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "needs Linux";
}

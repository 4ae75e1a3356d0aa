namespace Course.Kernel.Tests;

/// <summary>A test that needs Linux; it is visibly skipped elsewhere.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "needs Linux";
}

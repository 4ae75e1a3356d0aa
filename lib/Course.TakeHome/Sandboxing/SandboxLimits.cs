namespace Course.TakeHome.Sandboxing;

/// <summary>
/// The resources that a command may use before it is ended. Each limit is for all its processes together, unless it says otherwise.
/// </summary>
public sealed record SandboxLimits
{
    /// <summary>Processes and threads together. A .NET program starts with about twenty threads.</summary>
    public int Processes { get; init; } = 96;

    /// <summary>Memory in bytes: per process by the kernel, in total by supervision.</summary>
    public long MemoryBytes { get; init; } = 1536L * 1024 * 1024;

    /// <summary>Processor time: per process by the kernel, in total by supervision.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Elapsed time.</summary>
    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Bytes of standard output, and as many of standard error.</summary>
    public int OutputBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes of the private temporary space, which is in memory.</summary>
    public long DiskBytes { get; init; } = 64L * 1024 * 1024;

    /// <exception cref="ArgumentOutOfRangeException">A limit is too low for any command.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Processes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MemoryBytes, 1024 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(Cpu, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Wall, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(OutputBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(DiskBytes, 4096);
    }
}

namespace Course.TakeHome.Sandboxing;

/// <summary>
/// What a command may use before it is ended. Each holds for everything that the command starts, taken together, unless it says otherwise.
/// </summary>
public sealed record SandboxLimits
{
    /// <summary>Processes and threads. A .NET program has about twenty threads before its first line.</summary>
    public int Processes { get; init; } = 96;

    /// <summary>Bytes of memory: per process by the kernel, in sum by supervision.</summary>
    public long MemoryBytes { get; init; } = 1536L * 1024 * 1024;

    /// <summary>Processor time: per process by the kernel, in sum by supervision.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromSeconds(120);

    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Bytes written to standard output, and as many to standard error.</summary>
    public int OutputBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes that the private temporary space holds. It lies in memory.</summary>
    public long DiskBytes { get; init; } = 64L * 1024 * 1024;

    /// <exception cref="ArgumentOutOfRangeException">A limit that nothing could run under.</exception>
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

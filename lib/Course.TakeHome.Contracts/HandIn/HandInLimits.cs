namespace Course.TakeHome.Contracts;

/// <summary>
/// How large a hand-in may be: `pack` writes nothing larger, and grading reads nothing larger. A complete one with notebooks has a few
/// hundred kilobytes in about forty files.
/// </summary>
public sealed record HandInLimits
{
    /// <summary>The size of the archive itself.</summary>
    public long ArchiveBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The number of entries in the archive.</summary>
    public int Entries { get; init; } = 500;

    /// <summary>The size of one file, unpacked.</summary>
    public int FileBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The size of all files together, unpacked.</summary>
    public long TotalBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The compression ratio, unpacked over packed, of files above <see cref="HarmlessBytes"/>. Text stays below 30.</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>Up to this size, unpacked, a file may have any compression ratio.</summary>
    public int HarmlessBytes { get; init; } = 64 * 1024;

    /// <summary>Why a file is not read; null if it is.</summary>
    /// <param name="bytes">Its length, unpacked.</param>
    /// <param name="packed">Its length in the archive.</param>
    public string? Objection(long bytes, long packed) =>
        bytes > FileBytes ? $"has {bytes} bytes; at most {FileBytes} are read"
        : bytes > HarmlessBytes && bytes > Ratio * Math.Max(1, packed) ? $"unpacks {packed} bytes to {bytes}: more than {Ratio} times"
        : null;
}

namespace Course.TakeHome.Contracts;

/// <summary>
/// How large a hand-in may be: `pack` writes nothing larger, and grading reads nothing larger. A whole one with notebooks is a few
/// hundred kilobytes in some forty files.
/// </summary>
public sealed record HandInLimits
{
    /// <summary>Of the archive as it came.</summary>
    public long ArchiveBytes { get; init; } = 16 * 1024 * 1024;

    public int Entries { get; init; } = 500;

    /// <summary>Of one file, unpacked.</summary>
    public int FileBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Of all files, unpacked.</summary>
    public long TotalBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Unpacked over packed, for files large enough to do harm. Text stays under 30.</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>Up to here a file is as dense as it likes.</summary>
    public int HarmlessBytes { get; init; } = 64 * 1024;

    /// <summary>Why a file is not read; null where it is.</summary>
    /// <param name="bytes">Its length, unpacked.</param>
    /// <param name="packed">Its length in the archive.</param>
    public string? Objection(long bytes, long packed) =>
        bytes > FileBytes ? $"has {bytes} bytes; at most {FileBytes} are read"
        : bytes > HarmlessBytes && bytes > Ratio * Math.Max(1, packed) ? $"unpacks {packed} bytes to {bytes}: more than {Ratio} times"
        : null;
}

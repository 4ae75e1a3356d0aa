using System.Globalization;

namespace Course.Inference.Files;

/// <summary>Compares what a file says it needs with what the machine has, before anything is read into memory.</summary>
internal static class FreeMemory
{
    /// <summary>
    /// Bytes that this process may still take: on Linux the memory that the system can free for it, within its container's limit;
    /// elsewhere the memory that was unused at the last garbage collection.
    /// </summary>
    public static long Bytes()
    {
        var info = GC.GetGCMemoryInfo(GCKind.Any);
        return File.Exists("/proc/meminfo") && Available("/proc/meminfo") is { } available
            ? Math.Min(available, info.TotalAvailableMemoryBytes)
            : info.TotalAvailableMemoryBytes - info.MemoryLoadBytes;
    }

    /// <exception cref="FileException">The weights are larger than the free memory.</exception>
    public static void Require(string path, long needed) => Require(path, needed, Bytes());

    public static void Require(string path, long needed, long free)
    {
        if (needed > free)
            throw new FileException(
                path, $"its weights take {Gibibytes(needed)} of memory, and {Gibibytes(free)} are free.",
                "Choose a smaller model, close other programs, or take a machine with more memory.");
    }

    /// <summary>Linux's own estimate, in bytes: free memory and the file cache that it can give up.</summary>
    private static long? Available(string file)
    {
        const string key = "MemAvailable:";
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line is not null
            && long.TryParse(line.AsSpan(key.Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture, out var kibibytes)
            ? kibibytes << 10
            : null;
    }

    private static string Gibibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB");
}

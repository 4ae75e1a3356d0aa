using System.Runtime.InteropServices;
using System.Text;

namespace Course.Inference.Devices;

/// <summary>The C++ runtime library that this process loads: the system's, or conda's if that comes first.</summary>
internal static class SystemRuntime
{
    private const string Name = "libstdc++.so.6";

    /// <summary>
    /// Whether the runtime has a symbol version such as <c>GLIBCXX_3.4.32</c>. True on systems without this
    /// runtime, where nothing needs it.
    /// </summary>
    public static bool Provides(string version) =>
        Path() is not { } path || File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes(version + "\0")) >= 0;

    /// <summary>The file that the loader chose for this process; null if there is no such runtime.</summary>
    public static string? Path()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(Name, out _))
            return null;
        return File.ReadLines("/proc/self/maps")
            .Select(line => line.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? line[at..] : "")
            .FirstOrDefault(file => System.IO.Path.GetFileName(file).StartsWith("libstdc++.so", StringComparison.Ordinal));
    }
}

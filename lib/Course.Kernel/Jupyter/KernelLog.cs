namespace Course.Kernel.Jupyter;

/// <summary>The kernel's own words, on the stderr of its process: what Jupyter shows in its terminal.</summary>
internal static class KernelLog
{
    private static readonly TextWriter Terminal = Console.Error;

    public static void Write(string message) => Terminal.WriteLine($"[course kernel] {message}");
}

namespace Course.Kernel.Jupyter;

/// <summary>
/// The kernel's own words, on the stderr of its process, which Jupyter shows in its terminal; they may quote what anyone sent.
/// </summary>
internal static class KernelLog
{
    private static readonly TextWriter Terminal = Console.Error;

    public static void Write(string message) => Terminal.WriteLine($"[course kernel] {SafeText.Lines(message)}");
}

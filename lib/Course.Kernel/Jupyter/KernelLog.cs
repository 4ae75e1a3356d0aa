namespace Course.Kernel.Jupyter;

/// <summary>
/// Writes the kernel's own messages to the stderr of its process, which Jupyter shows in its terminal. They may quote untrusted input,
/// so they are cleaned.
/// </summary>
internal static class KernelLog
{
    private static readonly TextWriter Terminal = Console.Error;

    public static void Write(string message) => Terminal.WriteLine($"[course kernel] {SafeText.Lines(message)}");
}

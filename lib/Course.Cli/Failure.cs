using System.Net.Sockets;

namespace Course.Cli;

/// <summary>Describes an exception that ended a verb.</summary>
internal static class Failure
{
    private const int NoSpace = 28; // ENOSPC
    private const int DiskFull = 112; // ERROR_DISK_FULL

    public static string Explain(Exception e, bool verbose) => verbose ? e.ToString() : Foreseen(e) is { } said
        ? $"error: {SafeText.Lines(said)}"
        : $"error: {e.GetType().Name}: {SafeText.Lines(e.Message)}\n" +
            "This error was not expected. Run again with --verbose to see where it came from.";

    /// <summary>The message for an expected kind of error; null for one that points to a bug in the course itself.</summary>
    private static string? Foreseen(Exception e) => e switch
    {
        CourseException => e.Message,
        AggregateException { InnerExceptions: [var only] } => Foreseen(only),
        IOException { HResult: var code } when (code & 0xFFFF) is NoSpace or DiskFull =>
            $"{Sentence(e)} The disk is full: free some space, or write elsewhere.",
        FileNotFoundException { FileName: var file } when file?.EndsWith(".dll", StringComparison.Ordinal) == true => null,
        IOException or UnauthorizedAccessException => $"{Sentence(e)} Check the path and its permissions.",
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } or NetMQ.AddressAlreadyInUseException =>
            $"{Sentence(e)} Another program uses that port: end it, or choose another port.",
        OutOfMemoryException =>
            "There is not enough memory. Use a smaller model or fewer bits (--precision int4), or close other programs.",
        _ => null,
    };

    private static string Sentence(Exception e) => $"{e.Message.TrimEnd('.')}.";
}

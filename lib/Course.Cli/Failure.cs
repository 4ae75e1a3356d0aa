using System.Net.Sockets;

namespace Course.Cli;

/// <summary>What is said of an exception that ended a verb.</summary>
internal static class Failure
{
    private const int NoSpace = 28; // ENOSPC
    private const int DiskFull = 112; // ERROR_DISK_FULL

    public static string Explain(Exception e, bool verbose) => verbose ? e.ToString() : Foreseen(e) is { } said
        ? $"error: {SafeText.Lines(said)}"
        : $"error: {e.GetType().Name}: {SafeText.Lines(e.Message)}\n" +
            "This was not foreseen. Run again with --verbose to see where it came from.";

    /// <summary>Null for what points at a fault of the course's own.</summary>
    private static string? Foreseen(Exception e) => e switch
    {
        CourseException => e.Message,
        AggregateException { InnerExceptions: [var only] } => Foreseen(only),
        IOException { HResult: var code } when (code & 0xFFFF) is NoSpace or DiskFull =>
            $"{Sentence(e)} What is written has no room: free some, or write elsewhere.",
        FileNotFoundException { FileName: var file } when file?.EndsWith(".dll", StringComparison.Ordinal) == true => null,
        IOException or UnauthorizedAccessException => $"{Sentence(e)} Check the path and its permissions.",
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } or NetMQ.AddressAlreadyInUseException =>
            $"{Sentence(e)} Another program has that port: end it, or take another.",
        OutOfMemoryException => "There is not enough memory. Take a smaller model, fewer bits (--precision int4), or close something.",
        _ => null,
    };

    private static string Sentence(Exception e) => $"{e.Message.TrimEnd('.')}.";
}

using System.Text.RegularExpressions;

namespace Course.Kernel.Formatting;

/// <summary>
/// The text of an exception. <see cref="Exception.Message"/> may itself throw, may quote unsafe text, which is cleaned, and in libtorch's
/// exceptions contains C++ stack frames, which are removed because they mean nothing to the author of a cell.
/// </summary>
internal static partial class ExceptionText
{
    /// <summary>The maximum number of causes shown per exception; an aggregate may hold thousands.</summary>
    private const int MaximumCauses = 8;

    public static string Message(Exception e)
    {
        try
        {
            return SafeText.Lines(NativeFrames().Replace(e.Message ?? "", "").TrimEnd());
        }
        catch (Exception own)
        {
            return $"(reading its Message throws {TypeNames.Of(own.GetType())})";
        }
    }

    /// <summary>The exceptions that led to this one.</summary>
    public static IReadOnlyList<Exception> Causes(Exception e) => e switch
    {
        AggregateException many => [.. many.InnerExceptions.Take(MaximumCauses)],
        { InnerException: { } inner } => [inner],
        _ => [],
    };

    /// <summary>Returns type and message, followed by those of each cause.</summary>
    public static string Of(Exception e) => string.Join("\ncaused by ", Self(e));

    private static IEnumerable<string> Self(Exception e) =>
        [$"{TypeNames.Of(e.GetType())}: {Message(e)}", .. Causes(e).SelectMany(Self)];

    [GeneratedRegex(@"^(Exception raised from .*\(most recent call first\):|frame #\d+: .*)\n?", RegexOptions.Multiline)]
    private static partial Regex NativeFrames();
}

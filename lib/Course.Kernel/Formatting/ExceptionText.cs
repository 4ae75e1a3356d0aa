using System.Text.RegularExpressions;

namespace Course.Kernel.Formatting;

/// <summary>
/// What an exception says. <see cref="Exception.Message"/> is code of the exception's author and may itself throw; what it
/// quotes from files is cleaned; and libtorch's messages carry the frames of its C++ code, which say nothing to the reader of a cell.
/// </summary>
internal static partial class ExceptionText
{
    /// <summary>Causes of one exception that are shown: an aggregate may hold thousands.</summary>
    private const int MostCauses = 8;

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
        AggregateException many => [.. many.InnerExceptions.Take(MostCauses)],
        { InnerException: { } inner } => [inner],
        _ => [],
    };

    /// <summary>Type and message, and below them those of each cause.</summary>
    public static string Of(Exception e) => string.Join("\ncaused by ", Self(e));

    private static IEnumerable<string> Self(Exception e) =>
        [$"{TypeNames.Of(e.GetType())}: {Message(e)}", .. Causes(e).SelectMany(Self)];

    [GeneratedRegex(@"^(Exception raised from .*\(most recent call first\):|frame #\d+: .*)\n?", RegexOptions.Multiline)]
    private static partial Regex NativeFrames();
}

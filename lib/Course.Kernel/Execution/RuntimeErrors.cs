using Course.Kernel.Formatting;
using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Execution;

/// <summary>
/// Formats an exception for the author of the cell: its type, its message, where in the cell it was thrown, and its causes.
/// </summary>
internal sealed class RuntimeErrors(IReadOnlyDictionary<string, SourceText> sources)
{
    public CellOutcome.Failed Report(Exception e) => new(Name(e), ExceptionText.Message(e), [.. Lines(e, "")]);

    private static string Name(Exception e) => CellNames.Strip(e.GetType().FullName!);

    private IEnumerable<string> Lines(Exception e, string lead)
    {
        IEnumerable<string> own = [$"{lead}{Name(e)}: {ExceptionText.Message(e)}", .. Traceback.Of(e, sources)];
        return own.Concat(ExceptionText.Causes(e).SelectMany(cause => Lines(cause, "caused by ")));
    }
}

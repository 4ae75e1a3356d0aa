using Course.Kernel.Formatting;
using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Execution;

/// <summary>An exception as the person who wrote the cell wants to read it: its own name, where in the cell, and why.</summary>
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

using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Execution;

/// <summary>An exception as the person who wrote the cell wants to read it: its own name, where in the cell, and why.</summary>
internal sealed class RuntimeErrors(IReadOnlyDictionary<string, SourceText> sources)
{
    public CellOutcome Report(Exception e) => new CellOutcome.Failed(Name(e), e.Message, [.. Lines(e, "")]);

    private static string Name(Exception e) => CellNames.Strip(e.GetType().FullName!);

    private IEnumerable<string> Lines(Exception e, string lead)
    {
        IEnumerable<string> own = [$"{lead}{Name(e)}: {e.Message}", .. Traceback.Of(e, sources)];
        return own.Concat(Causes(e).SelectMany(cause => Lines(cause, "caused by ")));
    }

    private static IReadOnlyList<Exception> Causes(Exception e) => e switch
    {
        AggregateException many => many.InnerExceptions,
        { InnerException: { } inner } => new[] { inner },
        _ => Array.Empty<Exception>(),
    };
}

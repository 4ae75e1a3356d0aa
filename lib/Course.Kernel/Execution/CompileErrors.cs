using System.Globalization;
using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;

namespace Course.Kernel.Execution;

/// <summary>What a cell that does not compile shows: one line per error on stderr, then the failing lines with a caret.</summary>
internal static class CompileErrors
{
    public static CellOutcome Report(CompilationFailedException e, ICellOutput output)
    {
        var lines = e.Errors.Select(Line).ToArray();
        output.Write(OutputStream.Error, "\n" + string.Join("\n", lines) + "\n\n");
        return new CellOutcome.Failed(CellOutcome.CompilationError, lines[0], [.. e.Errors.SelectMany(Picture)]);
    }

    private static string Line(Diagnostic error)
    {
        var start = error.Location.GetLineSpan().StartLinePosition;
        return $"({start.Line + 1},{start.Character + 1}): error {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
    }

    private static IEnumerable<string> Picture(Diagnostic error)
    {
        yield return Line(error);
        if (error.Location.SourceTree is not { } tree)
            yield break;
        var span = error.Location.GetLineSpan().Span;
        var text = tree.GetText().Lines[span.Start.Line].ToString();
        var indent = new string([.. text.Take(span.Start.Character).Select(c => c == '\t' ? '\t' : ' ')]);
        var width = span.End.Line == span.Start.Line ? span.End.Character - span.Start.Character : 1;
        yield return "    " + text;
        yield return "    " + indent + new string('^', Math.Max(1, width));
    }
}

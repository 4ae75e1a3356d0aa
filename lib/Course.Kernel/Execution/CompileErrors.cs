using System.Collections.Immutable;
using System.Globalization;
using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;

namespace Course.Kernel.Execution;

/// <summary>
/// What the compiler says of a cell, in the order of its lines: errors with their line and a caret, warnings in one line each.
/// </summary>
/// <param name="cell">Name of the cell; what is wrong in a file that it loads is told with the file's name.</param>
internal sealed class CompileErrors(string cell)
{
    private const int Most = 20;

    /// <summary>Characters of a source line that are shown before the caret, and from it on.</summary>
    private const int Lead = 80, Width = 120;

    public CellOutcome Report(CompilationFailedException e)
    {
        var errors = InOrder(e.Errors);
        string[] traceback = [.. errors.Take(Most).SelectMany(Picture), .. More(errors.Count, "errors"), .. Hints.For(errors)];
        return new CellOutcome.Failed(CellOutcome.CompilationError, Line(errors[0], "error"), traceback);
    }

    /// <summary>Nothing where there are none.</summary>
    public string Warnings(ImmutableArray<Diagnostic> warnings)
    {
        var all = InOrder(warnings);
        return string.Concat(all.Take(Most).Select(w => Line(w, "warning")).Concat(More(all.Count, "warnings")).Select(l => l + "\n"));
    }

    private static List<Diagnostic> InOrder(ImmutableArray<Diagnostic> found) =>
        [.. found.OrderBy(d => d.Location.SourceSpan.Start).DistinctBy(d => (d.Id, d.Location.SourceSpan, Message(d)))];

    private static string Message(Diagnostic found) => SafeText.Lines(found.GetMessage(CultureInfo.InvariantCulture));

    private static string[] More(int count, string what) => count > Most ? [$"… {count - Most} more {what}"] : [];

    private string Line(Diagnostic found, string kind)
    {
        var place = found.Location.GetLineSpan();
        var file = place.Path is { Length: > 0 } path && path != cell ? SafeText.Line(path) : "";
        var start = place.StartLinePosition;
        return $"{file}({start.Line + 1},{start.Character + 1}): {kind} {found.Id}: {Message(found)}";
    }

    private IEnumerable<string> Picture(Diagnostic error)
    {
        yield return Line(error, "error");
        if (error.Location.SourceTree is not { } tree || tree.Length == 0)
            yield break;
        var span = error.Location.GetLineSpan().Span;
        var text = tree.GetText().Lines[span.Start.Line].ToString();
        var start = Math.Max(0, span.Start.Character - Lead);
        var before = SafeText.Line(text[start..span.Start.Character]);
        var behind = SafeText.Line(text[span.Start.Character..], Width);
        var width = span.End.Line == span.Start.Line ? span.End.Character - span.Start.Character : 1;
        yield return $"    {before}{behind}";
        yield return $"    {new string(' ', before.Length)}{new string('^', Math.Clamp(width, 1, Math.Max(1, behind.Length)))}";
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;

namespace Course.Kernel.Execution;

/// <summary>
/// Formats the compiler's diagnostics of a cell in source order: errors with their source line and a caret, warnings in one line each.
/// </summary>
/// <param name="cell">The name of the cell. Diagnostics in imported files are shown with the file's name.</param>
internal sealed class CompileErrors(string cell)
{
    private const int Maximum = 20;

    /// <summary>The maximum number of characters of a source line shown before the caret, and from the caret on.</summary>
    private const int Lead = 80, Width = 120;

    public CellOutcome Report(CompilationFailedException e)
    {
        var errors = InOrder(e.Errors);
        string[] traceback = [.. errors.Take(Maximum).SelectMany(Picture), .. More(errors.Count, "errors"), .. Hints.For(errors)];
        return new CellOutcome.Failed(CellOutcome.CompilationError, Line(errors[0], "error"), traceback);
    }

    /// <summary>Formats warnings; empty if there are none.</summary>
    public string Warnings(ImmutableArray<Diagnostic> warnings)
    {
        var all = InOrder(warnings);
        return string.Concat(all.Take(Maximum).Select(w => Line(w, "warning")).Concat(More(all.Count, "warnings")).Select(l => l + "\n"));
    }

    private static List<Diagnostic> InOrder(ImmutableArray<Diagnostic> found) =>
        [.. found.OrderBy(d => d.Location.SourceSpan.Start).DistinctBy(d => (d.Id, d.Location.SourceSpan, Message(d)))];

    private static string Message(Diagnostic found) => SafeText.Lines(found.GetMessage(CultureInfo.InvariantCulture));

    private static string[] More(int count, string what) => count > Maximum ? [$"… {count - Maximum} more {what}"] : [];

    private string Line(Diagnostic found, string kind)
    {
        var span = found.Location.GetLineSpan();
        var file = span.Path is { Length: > 0 } path && path != cell ? SafeText.Line(path) : "";
        var start = span.StartLinePosition;
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
        var rest = SafeText.Line(text[span.Start.Character..], Width);
        var width = span.End.Line == span.Start.Line ? span.End.Character - span.Start.Character : 1;
        yield return $"    {before}{rest}";
        yield return $"    {new string(' ', before.Length)}{new string('^', Math.Clamp(width, 1, Math.Max(1, rest.Length)))}";
    }
}

using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Directives;

/// <summary>
/// Separates the kernel's directives from the code of a cell. Directives that import code (<c>#load</c>, <c>#!import</c>) run at their
/// position; the others apply to the whole cell and run first. Roslyn's lexer finds them, so a directive inside a string stays text.
/// </summary>
internal static class CellParser
{
    private static readonly HashSet<string> InPlace = ["#load", "#!import", "#!help"];

    /// <summary>The directives that code may follow on the same line.</summary>
    private static readonly HashSet<string> BeforeCode = ["#!time", "#!csharp", "#!c#", "#!C#"];

    /// <summary>Splits a cell into directives and code, in the order of execution.</summary>
    /// <param name="code">The text of the cell.</param>
    /// <param name="depth">The maximum nesting depth of the code.</param>
    /// <exception cref="CompilationFailedException">There is text after a directive's argument on the same line.</exception>
    public static IReadOnlyList<CellPart> Parse(string code, int depth = Nesting.InCells)
    {
        var found = code.Contains('#', StringComparison.Ordinal) ? Find(code, depth) : [];
        if (found.Count == 0)
            return [new CellPart.Code(code)];
        var lines = SourceText.From(code).Lines.Select(l => l.ToString()).ToArray();
        foreach (var (directive, left) in found)
            lines[directive.Line - 1] = left;
        var directives = found.ConvertAll(f => f.Directive);
        return
        [
            .. directives.Where(d => !InPlace.Contains(d.Name)),
            .. Interleave(lines, [.. directives.Where(d => InPlace.Contains(d.Name))]),
        ];
    }

    private static IEnumerable<CellPart> Interleave(string[] lines, List<CellPart.Directive> inPlace)
    {
        var start = 0;
        foreach (var directive in inPlace)
        {
            if (lines[start..directive.Line].Any(l => !string.IsNullOrWhiteSpace(l)))
                yield return Code(lines, start, directive.Line - 1);
            yield return directive;
            start = directive.Line;
        }
        yield return Code(lines, start, lines.Length);
    }

    private static CellPart.Code Code(string[] lines, int start, int end) =>
        new(new string('\n', start) + string.Join('\n', lines[start..end]));

    private static List<(CellPart.Directive Directive, string Left)> Find(string code, int depth)
    {
        var tree = ScriptCompiler.Parse(code, "", depth);
        var text = tree.GetText();
        return
        [
            .. tree.GetRoot().DescendantTrivia(descendIntoTrivia: false)
                .Where(t => t is { IsDirective: true } && t.GetStructure() is DirectiveTriviaSyntax { IsActive: true })
                .Select(t => Read(tree, text.Lines.GetLineFromPosition(t.SpanStart))).OfType<(CellPart.Directive, string)>(),
        ];
    }

    /// <summary>
    /// Returns the directive of a line and the rest of the line, still in its columns; null for directives of the compiler.
    /// </summary>
    private static (CellPart.Directive Directive, string Left)? Read(SyntaxTree tree, TextLine line)
    {
        var text = line.ToString();
        var start = text.Length - text.TrimStart().Length;
        var end = text.IndexOfAny([' ', '\t', '"'], start) is >= 0 and var found ? found : text.Length;
        var name = text[start..end];
        if (BeforeCode.Contains(name))
            return (new(name, "", line.LineNumber + 1), new string(' ', end) + text[end..]);
        return name is "#r" or "#i" or "#load" || name.StartsWith("#!", StringComparison.Ordinal)
            ? (new(name, Argument(tree, line, end), line.LineNumber + 1), "")
            : null;
    }

    /// <summary>
    /// Returns the argument of a directive: the text in quotes, which only a comment may follow, or else the rest of the line.
    /// </summary>
    private static string Argument(SyntaxTree tree, TextLine line, int start)
    {
        var text = line.ToString();
        var argument = text[start..].Trim();
        if (argument is not ['"', ..])
            return argument;
        var open = text.IndexOf('"', start);
        var close = text.IndexOf('"', open + 1);
        if (close < 0)
            throw CompilationFailedException.Of(tree, TextSpan.FromBounds(line.Start + open, line.End), "CS1010", "Newline in constant");
        var rest = text[(close + 1)..];
        return string.IsNullOrWhiteSpace(rest) || rest.TrimStart().StartsWith("//", StringComparison.Ordinal)
            ? text[(open + 1)..close]
            : throw CompilationFailedException.Of(
                tree, TextSpan.FromBounds(line.End - rest.TrimStart().Length, line.End), "CS1025",
                "Single-line comment or end-of-line expected");
    }
}

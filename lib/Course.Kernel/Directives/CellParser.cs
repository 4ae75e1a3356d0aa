using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Directives;

/// <summary>
/// Takes the kernel's directives out of a cell. Those that bring code in (<c>#load</c>, <c>#!import</c>) run where they
/// stand; the others hold for the whole cell and come first. Roslyn's own tokens decide, so a line in a string stays text.
/// </summary>
internal static class CellParser
{
    private static readonly HashSet<string> InPlace = ["#load", "#!import", "#!help"];

    /// <summary>Code may follow these on the same line.</summary>
    private static readonly HashSet<string> BeforeCode = ["#!time", "#!csharp", "#!c#", "#!C#"];

    /// <param name="code">The cell.</param>
    /// <param name="depth">Levels that it may nest.</param>
    /// <exception cref="CompilationFailedException">Something follows a directive's argument on its line.</exception>
    public static IReadOnlyList<CellPart> Parse(string code, int depth = Nesting.OfCells)
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
    /// A line's directive, and the code that is left of the line, in its old columns; null for directives of the compiler.
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

    /// <summary>What follows a directive's name: in quotes, with nothing but a comment behind them, or else the rest of the line.</summary>
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
        var behind = text[(close + 1)..];
        return string.IsNullOrWhiteSpace(behind) || behind.TrimStart().StartsWith("//", StringComparison.Ordinal)
            ? text[(open + 1)..close]
            : throw CompilationFailedException.Of(
                tree, TextSpan.FromBounds(line.End - behind.TrimStart().Length, line.End), "CS1025",
                "Single-line comment or end-of-line expected");
    }
}

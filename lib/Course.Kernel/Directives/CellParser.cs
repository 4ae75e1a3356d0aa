using Course.Kernel.Scripting;
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

    public static IReadOnlyList<CellPart> Parse(string code)
    {
        var directives = code.Contains('#', StringComparison.Ordinal) ? Find(code) : [];
        if (directives.Count == 0)
            return [new CellPart.Code(code)];
        var lines = SourceText.From(code).Lines.Select(l => l.ToString()).ToArray();
        foreach (var directive in directives)
            lines[directive.Line - 1] = "";
        return [.. directives.Where(d => !InPlace.Contains(d.Name)), .. Interleave(lines, [.. directives.Where(d => InPlace.Contains(d.Name))])];
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

    private static List<CellPart.Directive> Find(string code)
    {
        var tree = ScriptCompiler.Parse(code, "");
        var text = tree.GetText();
        return [.. tree.GetRoot().DescendantTrivia(descendIntoTrivia: false).Where(t => t is { IsDirective: true } && t.GetStructure() is DirectiveTriviaSyntax { IsActive: true })
            .Select(t => text.Lines.GetLineFromPosition(t.SpanStart)).Select(Read).OfType<CellPart.Directive>()];
    }

    private static CellPart.Directive? Read(TextLine line)
    {
        var text = line.ToString().Trim();
        var end = text.IndexOfAny([' ', '\t', '"']);
        var name = end < 0 ? text : text[..end];
        return name is "#r" or "#i" or "#load" || name.StartsWith("#!", StringComparison.Ordinal)
            ? new(name, Unquote(text[name.Length..].Trim()), line.LineNumber + 1)
            : null;
    }

    private static string Unquote(string argument) =>
        argument is ['"', .. var inner] && inner.IndexOf('"', StringComparison.Ordinal) is >= 0 and var close ? inner[..close] : argument;
}

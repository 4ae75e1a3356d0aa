using Course.Kernel.Directives;
using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Course.Kernel.Language;

public enum CompletenessStatus
{
    Complete,
    Incomplete,
    Invalid,
}

/// <summary>Whether a cell is complete, needs more lines, or is invalid.</summary>
/// <param name="Status">The status; invalid means that no further line can correct the code.</param>
/// <param name="Indent">For an incomplete cell, the indentation of the next line.</param>
public readonly record struct Completeness(CompletenessStatus Status, string Indent)
{
    private const int IndentWidth = 4;

    public static Completeness Of(string code)
    {
        try
        {
            var text = string.Concat(CellParser.Parse(code, Nesting.WhileTyping).OfType<CellPart.Code>().Select(c => c.Text));
            return Of(ScriptCompiler.Parse(text, "", Nesting.WhileTyping));
        }
        catch (CompilationFailedException)
        {
            return new(CompletenessStatus.Invalid, "");
        }
    }

    private static Completeness Of(SyntaxTree tree)
    {
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return IsBroken(tree)
                ? new(CompletenessStatus.Invalid, "")
                : new(CompletenessStatus.Incomplete, new string(' ', IndentWidth * Depth(tree)));
        var isValid = tree.GetDiagnostics().All(d => d.Severity != DiagnosticSeverity.Error);
        return new(isValid ? CompletenessStatus.Complete : CompletenessStatus.Invalid, "");
    }

    /// <summary>
    /// Whether there is an error before the end, which no further text can correct. The last token may be one that the parser skipped.
    /// </summary>
    private static bool IsBroken(SyntaxTree tree)
    {
        if (HasUnmatchedClosing(tree))
            return true;
        var end = tree.GetRoot().GetLastToken(includeZeroWidth: false, includeSkipped: true).Span.End;
        return tree.GetDiagnostics()
            .Any(d => d.Severity == DiagnosticSeverity.Error && d.Location.SourceSpan.Start < end && d.Location.SourceSpan.End < end);
    }

    /// <summary>Whether a closing bracket matches no opening one. The parser skips such a token.</summary>
    private static bool HasUnmatchedClosing(SyntaxTree tree)
    {
        var open = new Stack<SyntaxKind>();
        foreach (var token in tree.GetRoot().DescendantTokens(descendIntoTrivia: true).Where(t => !t.IsMissing))
        {
            if (Closer(token.Kind()) is { } closer)
                open.Push(closer);
            else if (token.Kind() is SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken or SyntaxKind.CloseBraceToken
                && !(open.TryPop(out var expected) && expected == token.Kind()))
                return true;
        }
        return false;
    }

    private static SyntaxKind? Closer(SyntaxKind opener) => opener switch
    {
        SyntaxKind.OpenParenToken => SyntaxKind.CloseParenToken,
        SyntaxKind.OpenBracketToken => SyntaxKind.CloseBracketToken,
        SyntaxKind.OpenBraceToken => SyntaxKind.CloseBraceToken,
        _ => null,
    };

    private static int Depth(SyntaxTree tree) => Math.Max(0, tree.GetRoot().DescendantTokens().Sum(Nesting.Step));
}

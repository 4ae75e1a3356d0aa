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

/// <summary>Whether a cell could run as it stands, or waits for more lines.</summary>
/// <param name="Status">Invalid: no further line can mend it.</param>
/// <param name="Indent">For an incomplete cell, what the next line starts with.</param>
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
            return Broken(tree)
                ? new(CompletenessStatus.Invalid, "")
                : new(CompletenessStatus.Incomplete, new string(' ', IndentWidth * Depth(tree)));
        var isValid = tree.GetDiagnostics().All(d => d.Severity != DiagnosticSeverity.Error);
        return new(isValid ? CompletenessStatus.Complete : CompletenessStatus.Invalid, "");
    }

    /// <summary>An error before the end stays whatever follows. The last token may be one that the parser skipped.</summary>
    private static bool Broken(SyntaxTree tree)
    {
        if (ClosesWhatIsNotOpen(tree))
            return true;
        var end = tree.GetRoot().GetLastToken(includeZeroWidth: false, includeSkipped: true).Span.End;
        return tree.GetDiagnostics()
            .Any(d => d.Severity == DiagnosticSeverity.Error && d.Location.SourceSpan.Start < end && d.Location.SourceSpan.End < end);
    }

    /// <summary>Whether a bracket closes one of another kind, or none; the parser skips such a token.</summary>
    private static bool ClosesWhatIsNotOpen(SyntaxTree tree)
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

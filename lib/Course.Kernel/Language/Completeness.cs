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
        var text = string.Concat(CellParser.Parse(code).OfType<CellPart.Code>().Select(c => c.Text));
        var tree = ScriptCompiler.Parse(text, "");
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return Broken(tree) ? new(CompletenessStatus.Invalid, "") : new(CompletenessStatus.Incomplete, new string(' ', IndentWidth * Depth(tree)));
        var isValid = tree.GetDiagnostics().All(d => d.Severity != DiagnosticSeverity.Error);
        return new(isValid ? CompletenessStatus.Complete : CompletenessStatus.Invalid, "");
    }

    /// <summary>An error before the end stays whatever follows.</summary>
    private static bool Broken(SyntaxTree tree)
    {
        var end = tree.GetRoot().GetLastToken(includeZeroWidth: false).Span.End;
        return tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error && d.Location.SourceSpan.Start < end && d.Location.SourceSpan.End < end);
    }

    private static int Depth(SyntaxTree tree) => Math.Max(0, tree.GetRoot().DescendantTokens().Sum(t => t.IsMissing ? 0 : t.Kind() switch
    {
        SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => 1,
        SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => -1,
        _ => 0,
    }));
}

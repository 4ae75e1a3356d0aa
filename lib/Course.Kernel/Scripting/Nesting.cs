using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Course.Kernel.Scripting;

/// <summary>
/// Limits the nesting of code. The compiler walks code recursively, mostly without checking its stack, so deeper code would end the
/// process and not only the cell.
/// </summary>
internal static class Nesting
{
    /// <summary>The maximum depth in cells. Their threads have enough stack for several times as much.</summary>
    public const int InCells = 1000;

    /// <summary>The maximum depth of code that is being typed: the language services run on the small stacks of the thread pool.</summary>
    public const int WhileTyping = 200;

    /// <summary>
    /// Whether brackets alone nest too deeply. Checked before parsing, because the parser's time grows with the square of the depth.
    /// </summary>
    public static bool IsTooDeep(string code, int maximum)
    {
        if (code.Count(c => c is '(' or '[' or '{') <= maximum)
            return false;
        if (NestsStrings(code, maximum))
            return true;
        var depth = 0;
        return SyntaxFactory.ParseTokens(code, options: ScriptCompiler.ParseOptions).Any(token => (depth += Step(token)) > maximum);
    }

    /// <summary>Detects nested interpolated strings by counting characters, because even the lexer takes too long for them.</summary>
    private static bool NestsStrings(string code, int maximum)
    {
        var (depth, deepest) = (0, 0);
        foreach (var c in code)
        {
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            deepest = Math.Max(deepest, depth);
        }
        return deepest > maximum && code.AsSpan().Count("$\"") > maximum;
    }

    /// <summary>
    /// Whether the syntax tree is too deep. Left operands of binary operators do not count, because the compiler walks them in a loop.
    /// </summary>
    public static bool IsTooDeep(SyntaxNode root, int maximum)
    {
        if (root.FullSpan.Length <= maximum)
            return false;
        var open = new Stack<(SyntaxNode Node, int Depth)>([(root, 0)]);
        while (open.TryPop(out var at))
        {
            if (at.Depth > maximum)
                return true;
            foreach (var child in at.Node.ChildNodes())
                open.Push((child, at.Node is BinaryExpressionSyntax binary && binary.Left == child ? at.Depth : at.Depth + 1));
        }
        return false;
    }

    /// <summary>The change of the bracket depth at a token.</summary>
    public static int Step(SyntaxToken token) => token.IsMissing ? 0 : token.Kind() switch
    {
        SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => 1,
        SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => -1,
        _ => 0,
    };
}

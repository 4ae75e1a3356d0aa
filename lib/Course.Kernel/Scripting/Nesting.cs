using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Course.Kernel.Scripting;

/// <summary>
/// How deeply code may nest. The compiler walks code recursively, mostly without a look at its stack: code that nests
/// deeper would end the process, and not just its cell.
/// </summary>
internal static class Nesting
{
    /// <summary>Levels of a cell. The threads of cells have the stack for several times as many.</summary>
    public const int OfCells = 1000;

    /// <summary>Levels of code that is being typed: the language services run on the small stacks of the thread pool.</summary>
    public const int WhileTyping = 200;

    /// <summary>Whether brackets alone nest too deeply. Asked first, since the parser's time grows with the square of the depth.</summary>
    public static bool IsTooDeep(string code, int maximum)
    {
        if (code.Count(c => c is '(' or '[' or '{') <= maximum)
            return false;
        if (NestsStrings(code, maximum))
            return true;
        var depth = 0;
        return SyntaxFactory.ParseTokens(code, options: ScriptCompiler.ParseOptions).Any(token => (depth += Step(token)) > maximum);
    }

    /// <summary>Interpolated strings in the holes of others, by counting characters: here even the lexer takes too long.</summary>
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
    /// Whether the tree is too deep. A sum of many terms is not: the compiler walks the left sides of operators in a loop.
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

    /// <summary>What a token adds to the depth of brackets.</summary>
    public static int Step(SyntaxToken token) => token.IsMissing ? 0 : token.Kind() switch
    {
        SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => 1,
        SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => -1,
        _ => 0,
    };
}

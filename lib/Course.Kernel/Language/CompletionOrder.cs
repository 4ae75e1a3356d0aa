using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Course.Kernel.Language;

/// <summary>
/// Orders completions: the user's own names first, then those that the compiler expects, members, keywords and types. On an empty line
/// thousands of names fit, and users look only at the first screen.
/// </summary>
internal sealed class CompletionOrder(Session session)
{
    private const int Maximum = 200;

    private readonly HashSet<string> declared = [];
    private int taken;

    /// <summary>Orders and limits completions.</summary>
    /// <param name="items">All matching items.</param>
    /// <param name="typing">The syntax tree of the cell that is being typed.</param>
    public IReadOnlyList<Completion> Sort(IEnumerable<CompletionItem> items, SyntaxNode typing)
    {
        CatchUp();
        var own = new HashSet<string>(declared.Concat(Declared(typing)));
        return
        [
            .. items.OrderBy(i => Rank(i, own)).ThenBy(i => i.DisplayText, StringComparer.OrdinalIgnoreCase)
                .Select(i => new Completion(i.DisplayText, i.Tags.FirstOrDefault("").ToLowerInvariant()))
                .DistinctBy(i => i.Text).Take(Maximum),
        ];
    }

    private void CatchUp()
    {
        foreach (var compilation in session.Chain.Skip(taken))
        {
            declared.UnionWith(compilation.SyntaxTrees.SelectMany(t => Declared(t.GetRoot())));
            taken++;
        }
    }

    private static int Rank(CompletionItem item, HashSet<string> own) => item.Tags.FirstOrDefault("") switch
    {
        _ when own.Contains(item.DisplayText) => 0,
        _ when item.Rules.MatchPriority > MatchPriority.Default => 1,
        "Method" or "ExtensionMethod" or "Property" or "Field" or "Event" or "Local" or "Parameter" or "Constant" or "EnumMember" => 2,
        "Keyword" or "Intrinsic" => 3,
        _ => 4,
    };

    private static IEnumerable<string> Declared(SyntaxNode code) => code.DescendantNodes().Select(n => n switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax method => method.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        _ => null,
    }).OfType<string>();
}

using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Scripting;

/// <summary>Turns the text of a cell into a compilation that continues the previous one.</summary>
internal static class ScriptCompiler
{
    /// <summary>Those of .NET Interactive, and the functions that every cell may call.</summary>
    public static readonly IReadOnlyList<string> DefaultUsings =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Kernel",
    ];

    public static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>Optimised, because cells measure time; assembly version notes are noise here.</summary>
    public static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: DefaultUsings,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Enable,
        concurrentBuild: false, // a cell is too small to share out
        specificDiagnosticOptions: new Dictionary<string, ReportDiagnostic>
        {
            ["CS1701"] = ReportDiagnostic.Suppress,
            ["CS1702"] = ReportDiagnostic.Suppress,
            ["CS1705"] = ReportDiagnostic.Suppress,
        });

    /// <summary>A cell as a syntax tree; the path is what stack traces and diagnostics show.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="path">Its name.</param>
    /// <param name="depth">Levels that the code may nest.</param>
    /// <param name="cancel">Stops the parser.</param>
    /// <exception cref="CompilationFailedException">The code nests deeper than the compiler bears.</exception>
    public static SyntaxTree Parse(string code, string path, int depth = Nesting.OfCells, CancellationToken cancel = default)
    {
        var isDeep = Nesting.IsTooDeep(code, depth);
        var tree = SyntaxFactory.ParseSyntaxTree(SourceText.From(isDeep ? "" : code, Encoding.UTF8), ParseOptions, path, cancel);
        return isDeep || Nesting.IsTooDeep(tree.GetRoot(cancel), depth) ? throw CompilationFailedException.TooDeep(tree, depth) : tree;
    }

    public static CSharpCompilation Compile(
        SyntaxTree tree, int ordinal, IEnumerable<MetadataReference> references, CSharpCompilation? previous) =>
        CSharpCompilation.CreateScriptCompilation(
            CellNames.Assembly(ordinal),
            tree,
            references,
            Options.WithScriptClassName(CellNames.Class(ordinal)),
            previous,
            returnType: typeof(object));
}

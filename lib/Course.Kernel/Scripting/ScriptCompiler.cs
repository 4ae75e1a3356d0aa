using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Scripting;

/// <summary>Compiles the text of a cell as a continuation of the previous cell.</summary>
internal static class ScriptCompiler
{
    /// <summary>The default using directives: those of .NET Interactive, including the functions that every cell may call.</summary>
    public static readonly IReadOnlyList<string> DefaultUsings =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Kernel",
    ];

    public static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>
    /// Compiles optimised code, because cells measure time, and without warnings about assembly versions, which do not matter here.
    /// </summary>
    public static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: DefaultUsings,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Enable,
        concurrentBuild: false, // a cell is too small to profit from it
        specificDiagnosticOptions: new Dictionary<string, ReportDiagnostic>
        {
            ["CS1701"] = ReportDiagnostic.Suppress,
            ["CS1702"] = ReportDiagnostic.Suppress,
            ["CS1705"] = ReportDiagnostic.Suppress,
        });

    /// <summary>Parses a cell. The path is shown in stack traces and diagnostics.</summary>
    /// <param name="code">The text of the cell.</param>
    /// <param name="path">The name of the cell.</param>
    /// <param name="depth">The maximum nesting depth of the code.</param>
    /// <param name="cancel">Stops the parser.</param>
    /// <exception cref="CompilationFailedException">The code nests too deeply for the compiler.</exception>
    public static SyntaxTree Parse(string code, string path, int depth = Nesting.InCells, CancellationToken cancel = default)
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

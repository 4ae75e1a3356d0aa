using System.Collections.Concurrent;
using System.Collections.Immutable;
using Course.Kernel.Directives;
using Course.Kernel.Execution;
using Course.Kernel.Language;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Scripting;

/// <summary>The state that lasts from cell to cell: references, the chain of compilations and the values of variables.</summary>
internal sealed class Session : IDisposable
{
    private static readonly EmitOptions PortablePdb = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private readonly CellLoadContext loader;
    private readonly ReferenceResolver resolver;
    private CSharpCompilation? last;
    private int inherited;
    private object?[] states = new object?[16];
    private int ordinal;

    public Session(EngineOptions options)
    {
        Options = options;
        Directives = new DirectiveRunner(this);
        Language = new LanguageServices(this);
        loader = new CellLoadContext(References);
        resolver = new ReferenceResolver(References);
    }

    public EngineOptions Options { get; }

    public References References { get; } = new();

    public DirectiveRunner Directives { get; }

    public LanguageServices Language { get; }

    /// <summary>All submissions so far, for the language services.</summary>
    public ConcurrentQueue<CSharpCompilation> Chain { get; } = new();

    public StopFlags Stops { get; } = new();

    /// <summary>The source by cell name, so a traceback can show the failing line.</summary>
    public ConcurrentDictionary<string, SourceText> Sources { get; } = new();

    /// <summary>Compiles a cell against the session without adding it.</summary>
    /// <exception cref="CompilationFailedException"/>
    public Submission Compile(string code, string path, CancellationToken cancel)
    {
        var tree = ScriptCompiler.Parse(code, path, cancel: cancel);
        Sources[path] = tree.GetText(cancel);
        var compilation = ScriptCompiler.Compile(tree, ++ordinal, References.After(inherited), last);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(image, symbols, options: PortablePdb, cancellationToken: cancel);
        var errors = emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToImmutableArray();
        if (errors.Length > 0)
            throw new CompilationFailedException(errors);
        var warnings = emitted.Diagnostics
            .Where(d => d is { Severity: DiagnosticSeverity.Warning, IsSuppressed: false } && !IsOfValue(d, tree)).ToImmutableArray();
        // Neither success nor errors means that there was nothing to emit: only using directives or comments.
        return emitted.Success
            ? Load(compilation, tree, image, symbols, cancel) with { Warnings = warnings }
            : new(compilation, null, warnings, () => false);
    }

    /// <summary>Runs a submission. Later cells see its declarations, however the run ends.</summary>
    public Task<object?> Start(Submission submission)
    {
        last = submission.Compilation;
        inherited = References.All.Length;
        Chain.Enqueue(submission.Compilation);
        if (submission.Entry is null)
            return Task.FromResult<object?>(null);
        if (ordinal + 1 >= states.Length)
            Array.Resize(ref states, states.Length * 2);
        return submission.Entry(states);
    }

    public void Dispose()
    {
        Language.Dispose();
        resolver.Dispose();
    }

    private Submission Load(
        CSharpCompilation compilation, SyntaxTree tree, MemoryStream image, MemoryStream symbols, CancellationToken cancel)
    {
        image.Position = symbols.Position = 0;
        var (stoppable, stoppableSymbols) = StopChecks.Insert(image, symbols, resolver);
        var assembly = loader.LoadCell(compilation.AssemblyName!, stoppable, stoppableSymbols);
        Stops.Add(assembly);
        var entry = compilation.GetEntryPoint(cancel)!;
        var start = Submission.Bind(assembly, entry.ContainingType.MetadataName, entry.MetadataName);
        return new(compilation, start, [], () => EndsInValue(compilation, tree));
    }

    /// <summary>
    /// Whether the warning says that the cell's value is not awaited. It is suppressed, because the value is shown
    /// with the advice to await it.
    /// </summary>
    private static bool IsOfValue(Diagnostic warning, SyntaxTree tree) =>
        warning.Id == "CS4014" && tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true, Span: var span }
        }
        && span.Contains(warning.Location.SourceSpan);

    private static bool EndsInValue(CSharpCompilation compilation, SyntaxTree tree) =>
        tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax { Statement: var statement }
        && statement switch
        {
            ExpressionStatementSyntax { SemicolonToken.IsMissing: true } trailing =>
                compilation.GetSemanticModel(tree).GetTypeInfo(trailing.Expression).Type is not { SpecialType: SpecialType.System_Void },
            ReturnStatementSyntax { Expression: not null } => true,
            _ => false,
        };
}

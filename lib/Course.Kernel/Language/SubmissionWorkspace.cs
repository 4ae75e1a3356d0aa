using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Language;

/// <summary>
/// The session as a workspace for Roslyn's language services: a chain of submission projects, one for each cell that ran, followed by the
/// code being typed. It is created on first use, because loading the services takes a second or two.
/// </summary>
internal sealed class SubmissionWorkspace(Session session) : IDisposable
{
    private readonly AdhocWorkspace workspace = new(MefHostServices.DefaultHost);
    private int taken;
    private ProjectId? last;
    private int inherited;

    /// <summary>Opens the code as a document that sees all earlier cells.</summary>
    public Document Open(string code)
    {
        CatchUp();
        return Append(workspace.CurrentSolution, code, "typing", out _).GetDocument();
    }

    public void Dispose() => workspace.Dispose();

    private void CatchUp()
    {
        foreach (var compilation in session.Chain.Skip(taken))
        {
            var code = compilation.SyntaxTrees.Single().GetText().ToString();
            var (solution, _) = Append(workspace.CurrentSolution, code, compilation.AssemblyName!, out var project);
            workspace.TryApplyChanges(solution);
            last = project;
            inherited = session.References.All.Length;
            taken++;
        }
    }

    private Appended Append(Solution solution, string code, string name, out ProjectId id)
    {
        id = ProjectId.CreateNewId(name);
        var project = ProjectInfo.Create(
            id, VersionStamp.Create(), name, name, LanguageNames.CSharp,
            compilationOptions: ScriptCompiler.Options.WithScriptClassName(name),
            parseOptions: ScriptCompiler.ParseOptions.WithDocumentationMode(DocumentationMode.Parse),
            projectReferences: last is null ? [] : [new ProjectReference(last)],
            metadataReferences: session.References.After(inherited),
            isSubmission: true);
        var document = DocumentId.CreateNewId(id);
        return new(solution.AddProject(project).AddDocument(document, name + ".csx", SourceText.From(code)), document);
    }

    private readonly record struct Appended(Solution Solution, DocumentId Id)
    {
        public Document GetDocument() => Solution.GetDocument(Id)!;
    }
}

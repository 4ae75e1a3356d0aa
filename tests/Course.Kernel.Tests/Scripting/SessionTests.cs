using Course.Kernel.Execution;
using Course.Kernel.Language;
using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;

namespace Course.Kernel.Tests.Scripting;

public sealed class SessionTests : IDisposable
{
    private readonly Session session = new(new EngineOptions(Path.GetTempPath()));

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task A_cell_gets_only_the_references_that_the_previous_one_did_not_have()
    {
        // With all references, a chain of 600 cells took 1.6 GB, because each cell also inherits those of its predecessor.
        await RunAsync("var a = 1;", "var b = a;", "var c = a + b;");

        Assert.Equal([session.References.All.Length, 0, 0], session.Chain.Select(cell => cell.ExternalReferences.Length));
    }

    [Fact]
    public async Task The_language_services_inherit_references_in_the_same_way_and_know_the_names_of_earlier_cells()
    {
        await RunAsync("var a = 1;", "var b = new System.Text.Json.Nodes.JsonObject();");
        using var workspace = new SubmissionWorkspace(session);

        var typing = workspace.Open("b.Count + a");

        Assert.Empty(typing.Project.MetadataReferences);
        var model = await typing.GetSemanticModelAsync();
        Assert.DoesNotContain(model!.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    private async Task RunAsync(params string[] cells)
    {
        foreach (var cell in cells)
            await session.Start(session.Compile(cell, cell, CancellationToken.None));
    }
}

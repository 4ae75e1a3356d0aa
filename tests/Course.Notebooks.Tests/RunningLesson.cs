using Course.Kernel.Execution;
using Course.Kernel.Notebooks;

namespace Course.Notebooks.Tests;

/// <summary>A notebook whose cells a test runs as they lie in the repository, with code of its own between them.</summary>
internal sealed class RunningLesson(string notebook) : IAsyncDisposable
{
    private readonly Notebook lesson = RepositoryNotebooks.Read().Single(found => found.Name == notebook).Notebook;
    private readonly ExecutionEngine engine = new(new EngineOptions(Path.GetDirectoryName(Path.Combine(RepositoryNotebooks.Folder, notebook))!));

    public string Cell(string id) => lesson.CodeCells.Single(cell => cell.Id == id).Source;

    /// <summary>Of a cell, what it refers to and uses: without the work that its other lines do.</summary>
    public string Imports(string id) =>
        string.Join('\n', Cell(id).Split('\n').Where(line => line.StartsWith("#r ", StringComparison.Ordinal) || line.StartsWith("using ", StringComparison.Ordinal)));

    /// <summary>Runs them in turn and returns what they displayed as plain text, an item for each display. A cell that fails fails the test.</summary>
    public async Task<IReadOnlyList<string>> Run(params string[] cells)
    {
        var displayed = new Displays();
        foreach (var code in cells)
        {
            var outcome = await engine.ExecuteAsync(code, displayed, CancellationToken.None);
            Assert.True(outcome is CellOutcome.Succeeded, (outcome as CellOutcome.Failed)?.Message);
        }
        return displayed.Texts;
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private sealed class Displays : ICellOutput
    {
        public List<string> Texts { get; } = [];

        public void Write(OutputStream stream, string text)
        {
        }

        public void Display(MimeBundle content, string displayId) => Texts.Add(content.Text);

        public void UpdateDisplay(MimeBundle content, string displayId)
        {
        }

        public void ExecuteResult(MimeBundle content) => Texts.Add(content.Text);

        public void ClearOutput(bool wait)
        {
        }

        public Task<string> RequestInputAsync(string prompt, bool password, CancellationToken cancel) => throw new NotSupportedException("Nobody is here to answer.");
    }
}

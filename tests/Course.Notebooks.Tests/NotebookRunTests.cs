using Course.Kernel.Running;
using Xunit.Abstractions;

namespace Course.Notebooks.Tests;

[Collection(LastOrderer.Last)]
public sealed class NotebookRunTests(ITestOutputHelper log) : IBatchProgress
{
    // Far more than a laptop takes; a notebook that hangs must not hang the tests.
    private static readonly TimeSpan CellTimeout = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Every_notebook_runs_from_top_to_bottom_in_quick_mode()
    {
        if (RepositoryNotebooks.Read().Count == 0)
        {
            return;
        }

        var output = Directory.CreateTempSubdirectory("course-notebooks-").FullName;
        try
        {
            var runner = new NotebookRunner(
                new RunnerOptions(Quick: true, CellTimeout: CellTimeout), WorkerProgram.Locate(), TimeProvider.System);
            var results = await NotebookBatch.Plan(RepositoryNotebooks.Folder, [], output).RunAsync(runner, this, CancellationToken.None);

            Assert.True(results.All(result => result.Passed), string.Join("\n", results.Where(result => !result.Passed).Select(result => $"{result.Notebook.Name}: {result.Problem}")));
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    void IBatchProgress.Started(PlannedNotebook notebook)
    {
    }

    void IBatchProgress.Cell(PlannedNotebook notebook, CellProgress cell)
    {
    }

    void IBatchProgress.Ended(NotebookResult result) => log.WriteLine($"{result.Notebook.Name}: {result.Elapsed.TotalSeconds:0.0} s");
}

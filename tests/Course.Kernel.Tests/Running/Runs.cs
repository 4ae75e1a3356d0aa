using Course.Kernel.Running;
using Course.Kernel.Tests.Notebooks;

namespace Course.Kernel.Tests.Running;

/// <summary>Runs a notebook of a few cells, in a process of its own as always.</summary>
internal static class Runs
{
    public static Task<NotebookRun> CellsAsync(params string[] cells) => CellsAsync(new RunnerOptions(), cells);

    public static async Task<NotebookRun> CellsAsync(RunnerOptions options, params string[] cells)
    {
        using var folder = new TemporaryFolder();
        return await RunnerOf(options).RunAsync(folder.Write("test.ipynb", NotebookText.Of(cells)));
    }

    public static NotebookRunner RunnerOf(RunnerOptions options) => new(options, WorkerProgram.Locate(), TimeProvider.System);

    /// <summary>The complete text of a cell's stream.</summary>
    public static string Stream(this NotebookRun run, int cell, string name = "stdout") => string.Concat(
        run.Executed.Cells[cell].Outputs
            .Where(output => (string?)output!["name"] == name)
            .Select(output => Course.Kernel.Notebooks.MultilineText.Read(output!["text"])));

    public static IEnumerable<string?> OutputTypes(this NotebookRun run, int cell) =>
        run.Executed.Cells[cell].Outputs.Select(output => (string?)output!["output_type"]);

    public static string Plain(this NotebookRun run, int cell, int output = 0) =>
        Course.Kernel.Notebooks.MultilineText.Read(run.Executed.Cells[cell].Outputs[output]!["data"]!["text/plain"]);
}

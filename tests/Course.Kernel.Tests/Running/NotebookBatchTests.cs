using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using Course.Kernel.Tests.Notebooks;

namespace Course.Kernel.Tests.Running;

public sealed class NotebookBatchTests : IDisposable, IBatchProgress
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> heard = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_names_everything_is_planned_in_order_and_checkpoints_are_not()
    {
        foreach (var name in new[]
        {
            "01-b.ipynb", "00-a.ipynb", "take-home/02.ipynb", ".ipynb_checkpoints/00-a-checkpoint.ipynb", "note.md"
        })
            folder.Write("notebooks/" + name, NotebookText.Of());

        Assert.Equal(["00-a.ipynb", "01-b.ipynb", "take-home/02.ipynb"], Plan().Notebooks.Select(notebook => notebook.Name));
        Assert.Equal(folder.File("out/notebooks/take-home/02.ipynb"), Plan().Notebooks[2].Copy);
    }

    [Fact]
    public void A_folder_without_notebooks_is_an_error() =>
        Assert.Contains("No notebooks in", Assert.Throws<CourseException>(() => Plan()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_copy_never_overwrites_a_source_or_another_copy()
    {
        var source = folder.Write("elsewhere/notebooks/a.ipynb", NotebookText.Of());
        var twin = folder.Write("other/a.ipynb", NotebookText.Of());

        Assert.Throws<CourseException>(() => NotebookBatch.Plan(folder.File("notebooks"), [source], folder.File("elsewhere")));
        Assert.Throws<CourseException>(() => Plan(source, twin));
    }

    [Fact]
    public void A_folder_means_its_notebooks_and_each_runs_once()
    {
        var own = folder.Write("notebooks/take-home/1.ipynb", NotebookText.Of());
        folder.Write("hand-in/a.ipynb", NotebookText.Of());
        folder.Write("hand-in/deep/b.ipynb", NotebookText.Of());

        var plan = Plan(folder.File("hand-in"), folder.File("notebooks"), own);

        Assert.Equal(["a.ipynb", "deep/b.ipynb", "take-home/1.ipynb"], plan.Notebooks.Select(notebook => notebook.Name));
    }

    [Theory]
    [InlineData("nope.ipynb", "no such file or folder")]
    [InlineData("empty", "No notebooks in")]
    public void A_missing_path_is_reported_before_anything_runs(string name, string expected)
    {
        Directory.CreateDirectory(folder.File("empty"));

        Assert.Contains(expected, Assert.Throws<CourseException>(() => Plan(folder.File(name))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_written_fails_only_its_notebook()
    {
        folder.Write("notebooks/00.ipynb", NotebookText.Of("1"));
        folder.Write("notebooks/01.ipynb", NotebookText.Of("1"));
        Directory.CreateDirectory(folder.File("out/notebooks/00.ipynb"));

        var results = await Plan().RunAsync(Runs.RunnerOf(new RunnerOptions()), this, CancellationToken.None);

        Assert.Equal([false, true], results.Select(result => result.Passed));
    }

    [Fact]
    public async Task Files_of_an_earlier_run_neither_stop_this_one_nor_are_taken_for_its_own()
    {
        folder.Write("notebooks/00.ipynb", "no notebook");
        folder.Write("out/notebooks/00.ipynb", NotebookText.Of("of before"));
        folder.Write("out/notebooks/torn.ipynb", "{");

        Assert.False(Assert.Single(await Plan().RunAsync(Runs.RunnerOf(new RunnerOptions()), this, CancellationToken.None)).Passed);
        Assert.Equal(["torn.ipynb"], NotebookFinder.In(folder.File("out/notebooks")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_failing_notebook_does_not_prevent_the_others_from_running()
    {
        folder.Write("notebooks/00.ipynb", NotebookText.Of("throw new Exception(\"bad\");"));
        folder.Write("notebooks/01.ipynb", "no notebook");
        folder.Write("notebooks/02.ipynb", NotebookText.Of("1"));

        var results = await Plan().RunAsync(Runs.RunnerOf(new RunnerOptions()), this, CancellationToken.None);

        Assert.Equal([false, false, true], results.Select(result => result.Passed));
        Assert.Contains("cell [1] throw", results[0].Problem, StringComparison.Ordinal);
        Assert.Contains("01.ipynb: is not JSON", results[1].Problem, StringComparison.Ordinal);
        Assert.Equal(["00.ipynb", "02.ipynb"], NotebookFinder.In(folder.File("out/notebooks")).Select(Path.GetFileName));
        Assert.Equal(["start 00.ipynb", "1/1", "end", "start 01.ipynb", "end", "start 02.ipynb", "1/1", "end"], heard);
    }

    [Fact]
    public async Task Copies_of_notebooks_that_are_gone_are_removed_and_nothing_else_is()
    {
        folder.Write("notebooks/00.ipynb", NotebookText.Of());
        folder.Write("notebooks/01.ipynb", NotebookText.Of());
        await Plan().RunAsync(Runs.RunnerOf(new RunnerOptions()), this, CancellationToken.None);
        File.Delete(folder.File("notebooks/01.ipynb"));
        folder.Write("out/notebooks/mine.ipynb", NotebookText.Of("1"));

        await Plan().RunAsync(Runs.RunnerOf(new RunnerOptions()), this, CancellationToken.None);

        Assert.Equal(["00.ipynb", "mine.ipynb"], NotebookFinder.In(folder.File("out/notebooks")).Select(Path.GetFileName));
    }

    void IBatchProgress.Started(PlannedNotebook notebook) => heard.Add($"start {notebook.Name}");

    void IBatchProgress.Cell(PlannedNotebook notebook, CellProgress cell) => heard.Add($"{cell.Number}/{cell.Count}");

    void IBatchProgress.Ended(NotebookResult result) => heard.Add("end");

    private NotebookBatch Plan(params string[] named) => NotebookBatch.Plan(folder.File("notebooks"), named, folder.File("out"));
}

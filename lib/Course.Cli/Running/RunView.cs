using Course.Kernel.Running;
using Spectre.Console;

namespace Course.Cli.Running;

/// <summary>Shows the progress of a batch: bars in a terminal, one line per notebook in a log.</summary>
internal abstract class RunView
{
    public static RunView For(IAnsiConsole console) =>
        console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal ? new LiveView(console) : new PlainView(console);

    public abstract Task<IReadOnlyList<NotebookResult>> ShowAsync(
        NotebookBatch batch, Func<IBatchProgress, Task<IReadOnlyList<NotebookResult>>> run);

    private sealed class PlainView(IAnsiConsole console) : RunView, IBatchProgress
    {
        public override Task<IReadOnlyList<NotebookResult>> ShowAsync(
            NotebookBatch batch, Func<IBatchProgress, Task<IReadOnlyList<NotebookResult>>> run) => run(this);

        public void Started(PlannedNotebook notebook) => console.WriteLine($"{notebook.Name} …");

        public void Cell(PlannedNotebook notebook, CellProgress cell)
        {
        }

        public void Ended(NotebookResult result) => console.WriteLine(
            $"{result.Notebook.Name} {(result.Passed ? "passed" : "failed")} in {result.Elapsed.TotalSeconds:0.0} s");
    }

    private sealed class LiveView(IAnsiConsole console) : RunView
    {
        public override Task<IReadOnlyList<NotebookResult>> ShowAsync(
            NotebookBatch batch, Func<IBatchProgress, Task<IReadOnlyList<NotebookResult>>> run) => console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(context => run(new Bars(batch, context)));
    }

    private sealed class Bars(NotebookBatch batch, ProgressContext context) : IBatchProgress
    {
        private readonly Dictionary<PlannedNotebook, ProgressTask> bars = batch.Notebooks.ToDictionary(
            notebook => notebook,
            notebook => context.AddTask(Markup.Escape(notebook.Name), new ProgressTaskSettings { AutoStart = false, MaxValue = 1 }));

        public void Started(PlannedNotebook notebook) => bars[notebook].StartTask();

        public void Cell(PlannedNotebook notebook, CellProgress cell)
        {
            bars[notebook].MaxValue = cell.Count;
            bars[notebook].Value = cell.Number - 1;
            bars[notebook].Description = $"{Markup.Escape(notebook.Name)} [grey]{cell.Number}/{cell.Count}[/]";
        }

        public void Ended(NotebookResult result)
        {
            var bar = bars[result.Notebook];
            bar.Value = result.Passed ? bar.MaxValue : bar.Value;
            bar.Description = $"{Markup.Escape(result.Notebook.Name)} {(result.Passed ? "[green]passed[/]" : "[red]failed[/]")}";
            bar.StopTask();
        }
    }
}

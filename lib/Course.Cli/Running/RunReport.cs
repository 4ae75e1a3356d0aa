using System.Globalization;
using Course.Kernel.Running;
using Course.Kernel.Site;
using Spectre.Console;

namespace Course.Cli.Running;

/// <summary>What remains to be read when a batch is done: the table, what failed and why, and where to look.</summary>
internal static class RunReport
{
    public static void Write(IAnsiConsole console, IReadOnlyList<NotebookResult> results, SiteSummary site)
    {
        console.WriteLine();
        console.Write(Table(results));
        foreach (var failed in results.Where(result => !result.Passed))
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[red]{failed.Notebook.Name} failed[/]");
            // Written past the console's wrapping: paths and code are to be copied whole.
            console.Profile.Out.Writer.WriteLine(failed.Problem);
        }

        foreach (var problem in site.Problems)
        {
            console.WriteLine();
            console.Profile.Out.Writer.WriteLine(problem);
        }

        console.WriteLine();
        console.Profile.Out.Writer.WriteLine($"Site: {site.Index} ({site.Bytes / 1e6:0.0} MB)");
    }

    private static string Outcome(NotebookResult result) => result switch
    {
        { Passed: false } => "[red]failed[/]",
        { Exercise: { IsSolved: false } exercise } => $"[yellow]not solved yet[/]: {exercise}",
        _ => "[green]passed[/]",
    };

    private static Table Table(IReadOnlyList<NotebookResult> results)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("notebook");
        table.AddColumn(new TableColumn("cells").RightAligned()).AddColumn(new TableColumn("seconds").RightAligned()).AddColumn("result");
        foreach (var result in results)
        {
            table.AddRow(
                Markup.Escape(result.Notebook.Name),
                result.Cells.ToString(CultureInfo.InvariantCulture),
                result.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
                Outcome(result));
        }

        return table;
    }
}

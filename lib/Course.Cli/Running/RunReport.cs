using System.Globalization;
using Course.Kernel.Running;
using Course.Site;
using Spectre.Console;

namespace Course.Cli.Running;

/// <summary>Prints the results of a batch: the table, the failures with their reasons, and the path of the site.</summary>
internal static class RunReport
{
    public static void Write(IAnsiConsole console, IReadOnlyList<NotebookResult> results, SiteSummary site)
    {
        console.WriteLine();
        Table(results).Write(console);
        foreach (var failed in results.Where(result => !result.Passed))
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[red]{failed.Notebook.Name} failed[/]");
            // Not wrapped by the console, so that paths and code can be copied.
            console.Profile.Out.Writer.WriteLine(SafeText.Lines(failed.Problem));
        }

        foreach (var problem in site.Problems)
        {
            console.WriteLine();
            console.Profile.Out.Writer.WriteLine(SafeText.Lines(problem));
        }

        console.WriteLine();
        console.Profile.Out.Writer.WriteLine($"Site: {site.Index} ({site.Bytes / 1e6:0.0} MB)");
    }

    private static string Outcome(NotebookResult result) => result switch
    {
        { Passed: false } => "[red]failed[/]",
        { Exercise: { IsSolved: false } exercise } => $"[yellow]not solved yet[/]: {Markup.Escape($"{exercise}")}",
        _ => "[green]passed[/]",
    };

    private static FittingTable Table(IReadOnlyList<NotebookResult> results)
    {
        var table = new FittingTable("notebook", "cells", "seconds", "result");
        foreach (var result in results)
            table.Add(
                Markup.Escape(result.Notebook.Name),
                result.Cells.ToString(CultureInfo.InvariantCulture),
                result.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
                Outcome(result));
        return table;
    }
}

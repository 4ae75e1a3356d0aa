using Course.Benchmarks;
using Course.Benchmarks.Speculation;
using Spectre.Console;

namespace Course.Cli;

/// <summary>Prints the results of a benchmark.</summary>
internal static class BenchView
{
    public static void Print(IAnsiConsole console, BenchReport report)
    {
        Print(console, report.Table());
        foreach (var finding in report.Findings)
            console.WriteLine(finding);
    }

    public static void Print(IAnsiConsole console, SpeculateSection section)
    {
        console.WriteLine(section.Headline);
        Print(console, section.Table);
        foreach (var note in section.Notes)
            console.WriteLine(note);
        console.WriteLine();
    }

    private static void Print(IAnsiConsole console, ResultTable results)
    {
        var table = new FittingTable(results.Columns);
        foreach (var row in results.Rows)
            table.Add([.. row.Select(Markup.Escape)]);
        table.Write(console);
    }
}

using Spectre.Console;
using Spectre.Console.Rendering;

namespace Course.Cli;

/// <summary>A table where it fits the console, and a line for each of its rows where it does not: broken cells cannot be read.</summary>
/// <param name="columns">Their heads; the first column names the row.</param>
internal sealed class FittingTable(params IReadOnlyList<string> columns)
{
    private const int Unbounded = 100_000;
    private readonly List<(string[] Cells, string? Line)> rows = [];

    /// <param name="cells">As markup, one for each column; an empty one is left out of a line.</param>
    public void Add(params string[] cells) => rows.Add((cells, null));

    /// <param name="cells">As markup, one for each column.</param>
    /// <param name="line">What is said of the row where the table does not fit, as markup.</param>
    public void Add(string[] cells, string line) => rows.Add((cells, line));

    public void Write(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns([.. columns.Select(Markup.Escape)]);
        foreach (var (cells, _) in rows)
            table.AddRow(cells);
        var options = RenderOptions.Create(console, console.Profile.Capabilities);
        if (((IRenderable)table).Measure(options, Unbounded).Max <= console.Profile.Width)
            console.Write(table);
        else
            rows.ForEach(row => console.MarkupLine(row.Line ?? Line(row.Cells)));
    }

    private string Line(string[] cells)
    {
        var rest = columns.Zip(cells).Skip(1).Where(cell => cell.Second.Length > 0)
            .Select(cell => $"{Markup.Escape(cell.First)} {cell.Second}".Trim());
        return $"{cells[0]}: {string.Join(", ", rest)}";
    }
}

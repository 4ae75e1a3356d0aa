using Spectre.Console;
using Spectre.Console.Rendering;

namespace Course.Cli;

/// <summary>A table that is printed as one line per row if it does not fit the console, because wrapped cells cannot be read.</summary>
/// <param name="columns">The heads of the columns; the first column names the row.</param>
internal sealed class FittingTable(params IReadOnlyList<string> columns)
{
    private const int Unbounded = 100_000;
    private readonly List<(string[] Cells, string? Line)> rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">The cells as markup, one per column; an empty one is left out of a line.</param>
    public void Add(params string[] cells) => rows.Add((cells, null));

    /// <summary>Adds a row with a line of its own.</summary>
    /// <param name="cells">The cells as markup, one per column.</param>
    /// <param name="line">The line, as markup, that replaces the row if the table does not fit.</param>
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

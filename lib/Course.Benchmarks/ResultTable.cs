namespace Course.Benchmarks;

/// <summary>Figures in rows and columns, as texts.</summary>
/// <param name="columns">Their heads; the first column names the row.</param>
public sealed class ResultTable(params IReadOnlyList<string> columns)
{
    private readonly List<IReadOnlyList<string>> rows = [];

    public IReadOnlyList<string> Columns => columns;

    /// <summary>Each with a cell for every column; empty where there is nothing to say.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => rows;

    internal void Add(params IReadOnlyList<string> cells) => rows.Add(cells);
}

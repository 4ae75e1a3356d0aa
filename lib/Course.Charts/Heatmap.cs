namespace Course.Charts;

/// <summary>A matrix drawn as coloured cells.</summary>
/// <param name="Name">The name in the legend; null for none.</param>
/// <param name="Rows">The matrix, row by row. Cell j of row i is at x = j and y = i unless <see cref="X"/> and
/// <see cref="Y"/> are given.</param>
public sealed record Heatmap(string? Name, IReadOnlyList<IReadOnlyList<double>> Rows) : Mark(Name)
{
    /// <summary>The x coordinate of each column; null for 0, 1, 2 …</summary>
    public IReadOnlyList<double>? X { get; init; }

    /// <summary>The y coordinate of each row; null for 0, 1, 2 …</summary>
    public IReadOnlyList<double>? Y { get; init; }

    /// <summary>
    /// Whether a colour scale is drawn beside it. A mask is yes or no, and a scale from 0 to 1 would suggest values in between.
    /// </summary>
    public bool HasScale { get; init; }

    internal override string Kind { get; init; } = "heatmap";
}

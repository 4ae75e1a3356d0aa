namespace Course.Charts;

/// <summary>A matrix as colored cells.</summary>
/// <param name="Name">What the legend says; null for nothing.</param>
/// <param name="Rows">Cell j of row i lies at x = j and y = i unless <see cref="X"/> and <see cref="Y"/> say otherwise.</param>
public sealed record Cells(string? Name, IReadOnlyList<IReadOnlyList<double>> Rows) : Mark(Name)
{
    public IReadOnlyList<double>? X { get; init; }

    public IReadOnlyList<double>? Y { get; init; }

    /// <summary>Whether the scale of its colors lies beside it. A mask is yes or no; a scale from 0 to 1 would suggest more.</summary>
    public bool HasScale { get; init; }

    internal override string Kind { get; init; } = "heatmap";
}

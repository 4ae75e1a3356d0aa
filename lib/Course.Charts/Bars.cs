namespace Course.Charts;

/// <summary>
/// A bar at each position. Several bar marks of one figure are drawn side by side, or stacked if <see cref="Figure.Stacked"/> is set.
/// </summary>
/// <param name="Name">The name in the legend; null for none.</param>
/// <param name="Positions">The position of each bar; on an axis with names, the index of the name.</param>
/// <param name="Values">The length of each bar.</param>
public sealed record Bars(string? Name, IReadOnlyList<double> Positions, IReadOnlyList<double> Values) : Mark(Name)
{
    /// <summary>Whether bars extend to the right instead of upwards; the positions are then on the vertical axis.</summary>
    public bool Horizontal { get; init; }

    /// <summary>A colour for each bar; null if all bars have the mark's colour.</summary>
    public IReadOnlyList<string>? Colors { get; init; }

    /// <summary>The text at the end of each bar, in a figure of another library.</summary>
    internal IReadOnlyList<string> Texts { get; init; } = [];

    internal override string Kind { get; init; } = "bar";
}

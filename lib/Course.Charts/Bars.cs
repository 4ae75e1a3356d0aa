namespace Course.Charts;

/// <summary>
/// A bar at each place. Several of these in one figure lie side by side, or on top of each other where
/// <see cref="Figure.Stacked"/> says so.
/// </summary>
/// <param name="Name">What the legend says; null for nothing.</param>
/// <param name="Places">Where each bar is; where the axis has names, the index of one.</param>
/// <param name="Values">How long each bar is.</param>
public sealed record Bars(string? Name, IReadOnlyList<double> Places, IReadOnlyList<double> Values) : Mark(Name)
{
    /// <summary>To the right rather than upwards; the places are then on the vertical axis.</summary>
    public bool Lying { get; init; }

    /// <summary>A color for each bar; null where all have the mark's own.</summary>
    public IReadOnlyList<string>? Colors { get; init; }

    /// <summary>What stands at the end of each bar of another library's figure.</summary>
    internal IReadOnlyList<string> Texts { get; init; } = [];

    internal override string Kind { get; init; } = "bar";
}

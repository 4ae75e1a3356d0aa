namespace Course.Charts;

/// <summary>
/// Samples as a vertical box: quartiles, whiskers to the last sample within 1.5 interquartile ranges, and outliers beyond.
/// </summary>
/// <param name="Name">The name of the box on the axis.</param>
/// <param name="Position">The index of its name on the horizontal axis.</param>
/// <param name="Values">The samples.</param>
public sealed record Box(string Name, double Position, IReadOnlyList<double> Values) : Mark(Name)
{
    internal override string Kind { get; init; } = "box";
}

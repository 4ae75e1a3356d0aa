namespace Course.Charts;

/// <summary>Samples as an upright box: quartiles, whiskers to the last sample within 1.5 interquartile ranges, outliers beyond.</summary>
/// <param name="Name">What the axis says below it.</param>
/// <param name="Place">The index of its name on the horizontal axis.</param>
/// <param name="Values">Every sample.</param>
public sealed record Box(string Name, double Place, IReadOnlyList<double> Values) : Mark(Name)
{
    internal override string Kind { get; init; } = "box";
}

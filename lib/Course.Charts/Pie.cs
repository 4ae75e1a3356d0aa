namespace Course.Charts;

/// <summary>A pie or a ring in another library's figure: slices clockwise from twelve o'clock, each with its name and its share.</summary>
/// <param name="Name">The trace's name.</param>
/// <param name="Slices">The slices, in drawing order.</param>
/// <param name="Hole">The diameter of the hole as a share of the pie's, 0 to 1.</param>
internal sealed record Pie(string? Name, IReadOnlyList<Slice> Slices, double Hole) : Mark(Name)
{
    internal override string Kind { get; init; } = "pie";
}

internal readonly record struct Slice(string Name, double Value, string? Color);

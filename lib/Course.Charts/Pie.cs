namespace Course.Charts;

/// <summary>A pie, or a ring, of another library's figure: its slices clockwise from twelve, each with its name and its share.</summary>
/// <param name="Name">What the legend would say.</param>
/// <param name="Slices">In order.</param>
/// <param name="Hole">Its share of the diameter, 0 to 1.</param>
internal sealed record Pie(string? Name, IReadOnlyList<Slice> Slices, double Hole) : Mark(Name)
{
    internal override string Kind { get; init; } = "pie";
}

internal readonly record struct Slice(string Name, double Value, string? Color);

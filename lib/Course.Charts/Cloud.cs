namespace Course.Charts;

/// <summary>Points in three dimensions of another library's figure, seen from above: z is their color, with a scale beside.</summary>
internal sealed record Cloud(string? Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double> Z) : Mark(Name)
{
    /// <summary>Whether a line joins them.</summary>
    public bool Joined { get; init; }

    /// <summary>What z measures.</summary>
    public string ZTitle { get; init; } = "";

    public double SymbolSize { get; init; } = 8;

    internal override string Kind { get; init; } = "scatter3d";
}

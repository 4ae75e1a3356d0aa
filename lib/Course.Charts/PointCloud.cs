namespace Course.Charts;

/// <summary>
/// Three-dimensional points of another library's figure, seen from above: colour shows z, with a scale beside the figure.
/// </summary>
internal sealed record PointCloud(string? Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double> Z) : Mark(Name)
{
    /// <summary>Whether a line joins the points.</summary>
    public bool Joined { get; init; }

    /// <summary>The title of the z axis.</summary>
    public string ZTitle { get; init; } = "";

    public double SymbolSize { get; init; } = 8;

    internal override string Kind { get; init; } = "scatter3d";
}

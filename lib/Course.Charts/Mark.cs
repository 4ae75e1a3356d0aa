namespace Course.Charts;

/// <summary>Something that a figure draws: an entry of its legend, in a color of its own.</summary>
/// <param name="Name">What the legend says; null for nothing.</param>
public abstract record Mark(string? Name)
{
    /// <summary>As CSS writes it; null for the palette's next.</summary>
    public string? Color { get; init; }

    /// <summary>Whether the legend, where the figure has one, names it.</summary>
    public bool InLegend { get; init; } = true;

    /// <summary>The key of its horizontal axis in <see cref="Figure.Axes"/>.</summary>
    public string XAxis { get; init; } = "x";

    /// <summary>The key of its vertical axis in <see cref="Figure.Axes"/>: <c>y2</c> for a second one.</summary>
    public string YAxis { get; init; } = "y";

    /// <summary>What Plotly calls it.</summary>
    internal abstract string Kind { get; init; }
}

namespace Course.Charts;

/// <summary>A data series of a figure, with one colour and one entry in the legend.</summary>
/// <param name="Name">The name in the legend; null for none.</param>
public abstract record Mark(string? Name)
{
    /// <summary>A CSS colour; null for the palette's next colour.</summary>
    public string? Color { get; init; }

    /// <summary>Whether the legend, if there is one, lists this mark.</summary>
    public bool InLegend { get; init; } = true;

    /// <summary>The key of its horizontal axis in <see cref="Figure.Axes"/>.</summary>
    public string XAxis { get; init; } = "x";

    /// <summary>The key of its vertical axis in <see cref="Figure.Axes"/>: <c>y2</c> for a second one.</summary>
    public string YAxis { get; init; } = "y";

    /// <summary>The Plotly trace type.</summary>
    internal abstract string Kind { get; init; }
}

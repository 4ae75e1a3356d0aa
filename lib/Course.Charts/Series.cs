namespace Course.Charts;

/// <summary>A line or a set of points: y over x, optionally with error bars from the lower to the upper quartile.</summary>
/// <param name="Name">The name in the legend; null for none.</param>
/// <param name="X">The x coordinate of each point.</param>
/// <param name="Y">The y coordinate of each point.</param>
/// <param name="Below">The distance from y down to the lower quartile; null for no error bars.</param>
/// <param name="Above">The distance from y up to the upper quartile; null for no error bars.</param>
public sealed record Series(
    string? Name,
    IReadOnlyList<double> X,
    IReadOnlyList<double> Y,
    IReadOnlyList<double>? Below = null,
    IReadOnlyList<double>? Above = null) : Mark(Name)
{
    /// <summary>The line style; <see cref="Stroke.None"/> draws only points.</summary>
    public Stroke Stroke { get; init; } = Stroke.Solid;

    /// <summary>The line width in pixels.</summary>
    public double Width { get; init; } = 2.5;

    public Symbol Symbol { get; init; } = Symbol.Circle;

    /// <summary>A CSS colour; null for the colour of the line.</summary>
    internal string? SymbolColor { get; init; }

    /// <summary>The symbol size in pixels.</summary>
    public double SymbolSize { get; init; } = 8;

    /// <summary>Whether the line is dashed and without symbols, as predicted or computed values are drawn.</summary>
    public bool Dashed
    {
        get => Stroke == Stroke.Dash;
        init => (Stroke, Symbol) = value ? (Stroke.Dash, Symbol.None) : (Stroke.Solid, Symbol.Circle);
    }

    internal override string Kind { get; init; } = "scatter";
}

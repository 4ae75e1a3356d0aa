namespace Course.Charts;

/// <summary>A named line: y over x, with the middle half of the samples behind each point where there are samples.</summary>
/// <param name="Name">What the legend says; null for nothing.</param>
/// <param name="X">Where each point lies.</param>
/// <param name="Y">As many values.</param>
/// <param name="Below">How far the lower quartile lies under y; null for none.</param>
/// <param name="Above">How far the upper quartile lies over y; null for none.</param>
public sealed record Series(
    string? Name,
    IReadOnlyList<double> X,
    IReadOnlyList<double> Y,
    IReadOnlyList<double>? Below = null,
    IReadOnlyList<double>? Above = null) : Mark(Name)
{
    /// <summary>How the line is drawn; with <see cref="Stroke.None"/> there are points alone.</summary>
    public Stroke Stroke { get; init; } = Stroke.Solid;

    /// <summary>Of the line, in pixels.</summary>
    public double Width { get; init; } = 2.5;

    public Symbol Symbol { get; init; } = Symbol.Circle;

    /// <summary>As CSS writes it; null for the line's.</summary>
    internal string? SymbolColor { get; init; }

    /// <summary>Of a symbol, in pixels.</summary>
    public double SymbolSize { get; init; } = 8;

    /// <summary>Predicted or counted rather than measured: drawn dashed, without symbols.</summary>
    public bool Dashed
    {
        get => Stroke == Stroke.Dash;
        init => (Stroke, Symbol) = value ? (Stroke.Dash, Symbol.None) : (Stroke.Solid, Symbol.Circle);
    }

    internal override string Kind { get; init; } = "scatter";
}

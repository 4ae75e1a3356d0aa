namespace Course.Charts;

/// <summary>
/// The formatter source of <see cref="Figure"/>: Plotly JSON for front-ends that draw it, pictures for the others and for print.
/// </summary>
public sealed class FigureFormatters : RichDisplayFormatters
{
    public const string Plotly = "application/vnd.plotly.v1+json";
    public const string Png = "image/png";

    public override IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter<Figure>(Plotly, figure => figure.Json),
        .. base.CreateTypeFormatters(),
        new Formatter<Figure>(Png, figure => figure.Png),
    ];
}

namespace Course.Charts;

/// <summary>
/// The formatter source of <see cref="Figure"/>: interactive where the front-end draws Plotly, a picture where it does not or where it
/// prints.
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

namespace Course.Inference.Charts;

/// <summary>The formatter source of <see cref="Figure"/>: interactive where the front-end draws Plotly, a picture where it does not.</summary>
public sealed class FigureFormatters : RichDisplayFormatters
{
    public const string Plotly = "application/vnd.plotly.v1+json";

    public override IEnumerable<object> CreateTypeFormatters() =>
        base.CreateTypeFormatters().Prepend(new Formatter<Figure>(Plotly, figure => figure.Json));
}

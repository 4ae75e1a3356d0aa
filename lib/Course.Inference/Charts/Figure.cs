using System.Net;
using System.Text;
using Course.Inference.Charts.Pictures;
using Course.Inference.Measurement;
using Plotly.NET;
using XPlot.Plotly;

namespace Course.Inference.Charts;

/// <summary>
/// A chart that shows itself everywhere: Plotly JSON for front-ends that draw it, an SVG made without a browser
/// for those that do not, a PNG for print, and a line of text for a terminal.
/// </summary>
// .NET Interactive shows the preferred types alone, and sends JSON as one string (1.0.712001), from which JupyterLab's Plotly
// draws nothing: there, the picture.
[TypeFormatterSource(
    typeof(FigureFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, FigureFormatters.Png, RichDisplayFormatters.Plain])]
public sealed class Figure : IRichDisplay
{
    private readonly PlotlyFigure figure;
    private readonly Lazy<string> svg;
    private readonly Lazy<string?> png;

    private Figure(PlotlyFigure figure)
    {
        this.figure = figure;
        Json = figure.ToJson();
        svg = new(() => SvgPicture.Draw(figure));
        png = new(() => PngPicture.Draw(figure) is { } bytes ? Convert.ToBase64String(bytes) : null);
    }

    /// <summary>The Plotly figure, <c>{"data": […], "layout": {…}}</c>, in the house style.</summary>
    public string Json { get; }

    /// <summary>The same chart as a picture: one <c>svg</c> element, no script. Traces that it cannot draw are named in it.</summary>
    public string Svg => svg.Value;

    /// <summary>The same picture as a PNG file in base64, for LaTeX and PDF; null where the machine has no font for its letters.</summary>
    public string? Png => png.Value;

    public static Figure From(GenericChart chart) =>
        new(PlotlyFigure.Parse(Plotly.NET.GenericChart.toFigureJson(chart)));

    public static Figure From(PlotlyChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return new(XPlotFigure.Read(chart));
    }

    /// <param name="json">A Plotly figure with <c>data</c> and, if it likes, <c>layout</c>.</param>
    /// <exception cref="CourseException">It is not one.</exception>
    public static Figure FromJson(string json) => new(PlotlyFigure.Parse(json));

    /// <summary>A figure, if the value is a chart of a library that we know; otherwise nothing.</summary>
    public static bool TryFrom(object? value, out Figure figure)
    {
        figure = value switch
        {
            Figure already => already,
            GenericChart chart => From(chart),
            PlotlyChart chart => From(chart),
            _ => null!,
        };
        return figure is not null;
    }

    /// <summary>The same chart under another title, with a smaller line below it: where the figures come from.</summary>
    public Figure Titled(string title, string origin) => new(figure.Titled(title, origin));

    public Figure Titled(string title, Provenance provenance) => Titled(title, provenance.ToString());

    /// <summary>
    /// As an image, not as markup: of a notebook that the reader has not trusted, Jupyter keeps the one and takes SVG's elements out of
    /// the other.
    /// </summary>
    public string ToHtml()
    {
        var image = Convert.ToBase64String(Encoding.UTF8.GetBytes(Svg));
        var alt = WebUtility.HtmlEncode(figure.Title);
        return $"<figure style=\"margin:0\"><img alt=\"{alt}\" style=\"max-width:100%\" src=\"data:image/svg+xml;base64,{image}\"></figure>";
    }

    public override string ToString() => FigureSummary.Of(figure);
}

using System.Text;
using Course.Charts.Foreign;
using Course.Charts.Pictures;
using Course.Charts.Plotly;

namespace Course.Charts;

/// <summary>
/// A chart for every front-end: Plotly JSON where it can be drawn, an SVG made without a browser elsewhere, a PNG for print, and lines of
/// text for a terminal. All four are made from the marks and axes here.
/// </summary>
/// <param name="Title">The title; may be empty.</param>
/// <param name="Origin">A smaller line below the title that says where the numbers come from.</param>
/// <param name="Marks">The marks to draw, in drawing order.</param>
/// <param name="Axes">The axes by the keys that marks use: <c>x</c>, <c>y</c>, <c>y2</c> …</param>
// .NET Interactive (1.0.712001) shows only the preferred types and sends JSON as one string, which JupyterLab's Plotly renderer
// cannot draw. So the picture is preferred there.
[TypeFormatterSource(
    typeof(FigureFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, FigureFormatters.Png, RichDisplayFormatters.Plain])]
public sealed record Figure(string Title, string Origin, IReadOnlyList<Mark> Marks, IReadOnlyDictionary<string, Axis> Axes) : IRichDisplay
{
    public Figure(string title, string origin, IReadOnlyList<Mark> marks, Axis x, Axis y)
        : this(title, origin, marks, new Dictionary<string, Axis> { ["x"] = x, ["y"] = y })
    {
    }

    /// <summary>Whether bars are stacked, with the first at the bottom, instead of drawn side by side.</summary>
    public bool Stacked { get; init; }

    /// <summary>Whether there is a legend; null draws one if several marks have names.</summary>
    public bool? HasLegend { get; init; }

    /// <summary>The width in pixels; so is <see cref="Height"/>.</summary>
    internal double Width { get; init; } = HouseStyle.Width;

    internal double Height { get; init; } = HouseStyle.Height;

    internal IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>Notes below the title of the picture: the traces that it cannot draw, and how it simplifies others.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The figure as another library wrote it, from which the marks of the picture were read; null for our own figures.</summary>
    internal PlotlyFigure? Source { get; init; }

    /// <summary>The Plotly figure, <c>{"data": […], "layout": {…}}</c>, in the house style.</summary>
    public string Json => (Source ?? PlotlyWriter.Write(this)).ToJson();

    /// <summary>The chart as one <c>svg</c> element without scripts. It names the traces that it cannot draw.</summary>
    public string Svg => SvgPicture.Draw(this);

    /// <summary>The same picture as a PNG file in base64, for LaTeX and PDF; null if the machine has no suitable font.</summary>
    public string? Png => PngPicture.Draw(this) is { } bytes ? Convert.ToBase64String(bytes) : null;

    /// <summary>Reads a chart of Plotly.NET or XPlot.Plotly.</summary>
    /// <exception cref="CourseException">The object is not a chart of these libraries.</exception>
    public static Figure From(object chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return TryFrom(chart, out var figure)
            ? figure
            : throw new CourseException(
                $"Cannot show a {chart.GetType()} as a chart: expected a chart of Plotly.NET or XPlot.Plotly, or a Figure.");
    }

    /// <summary>Reads a Plotly figure.</summary>
    /// <param name="json">An object with <c>data</c> and, optionally, <c>layout</c>.</param>
    /// <exception cref="CourseException">The text is not a Plotly figure.</exception>
    public static Figure FromJson(string json) => PlotlyReader.Read(PlotlyFigure.Parse(json));

    /// <summary>Converts a figure, or a chart of a known library, to a figure; returns false for other values.</summary>
    public static bool TryFrom(object? value, out Figure figure)
    {
        figure = (value as Figure ?? ForeignChart.TryRead(value))!;
        return figure is not null;
    }

    /// <summary>Returns the chart with another title and another line of origin below it.</summary>
    public Figure Titled(string title, string origin) =>
        this with { Title = title, Origin = origin, Source = Source?.Titled(title, origin) };

    /// <summary>
    /// Returns the picture as an image, not as SVG markup: in an untrusted notebook Jupyter keeps images and removes SVG elements.
    /// </summary>
    public string ToHtml()
    {
        var image = Convert.ToBase64String(Encoding.UTF8.GetBytes(Svg));
        var source = $"data:image/svg+xml;base64,{image}";
        return $"{Html.Of($"<figure style=\"margin:0\"><img alt=\"{AltText}\" style=\"max-width:100%\" src=\"{source}\"></figure>")}";
    }

    /// <summary>The alternative text of the picture: the title, or the origin if there is no title.</summary>
    internal string AltText => Title.Length > 0 ? Title : Origin;

    public override string ToString() => FigureSummary.Of(this);
}

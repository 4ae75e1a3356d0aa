using System.Text;
using Course.Charts.Foreign;
using Course.Charts.Pictures;
using Course.Charts.Plotly;

namespace Course.Charts;

/// <summary>
/// A chart that shows itself everywhere: Plotly JSON for front-ends that draw it, an SVG made without a browser
/// for those that do not, a PNG for print, and lines of text for a terminal. Each is made from the marks and axes here.
/// </summary>
/// <param name="Title">What the chart shows; may be empty.</param>
/// <param name="Origin">A smaller line below: where the figures come from.</param>
/// <param name="Marks">What is drawn, in order.</param>
/// <param name="Axes">By the keys that marks give: <c>x</c>, <c>y</c>, <c>y2</c> …</param>
// .NET Interactive shows the preferred types alone, and sends JSON as one string (1.0.712001), from which JupyterLab's Plotly
// draws nothing: there, the picture.
[TypeFormatterSource(
    typeof(FigureFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, FigureFormatters.Png, RichDisplayFormatters.Plain])]
public sealed record Figure(string Title, string Origin, IReadOnlyList<Mark> Marks, IReadOnlyDictionary<string, Axis> Axes) : IRichDisplay
{
    public Figure(string title, string origin, IReadOnlyList<Mark> marks, Axis x, Axis y)
        : this(title, origin, marks, new Dictionary<string, Axis> { ["x"] = x, ["y"] = y })
    {
    }

    /// <summary>Bars lie on top of each other, the first at the bottom, rather than side by side.</summary>
    public bool Stacked { get; init; }

    /// <summary>Whether there is a legend; null where there is one for several names.</summary>
    public bool? HasLegend { get; init; }

    /// <summary>In pixels, as <see cref="Height"/>.</summary>
    internal double Width { get; init; } = HouseStyle.Width;

    internal double Height { get; init; } = HouseStyle.Height;

    internal IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>What the picture says of itself below the title: what it cannot draw, and how it shows the rest.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The figure as another library wrote it, from which the marks were read for the picture; null for our own.</summary>
    internal PlotlyFigure? Source { get; init; }

    /// <summary>The Plotly figure, <c>{"data": […], "layout": {…}}</c>, in the house style.</summary>
    public string Json => (Source ?? PlotlyWriter.Write(this)).ToJson();

    /// <summary>The same chart as a picture: one <c>svg</c> element, no script. Traces that it cannot draw are named in it.</summary>
    public string Svg => SvgPicture.Draw(this);

    /// <summary>The same picture as a PNG file in base64, for LaTeX and PDF; null where the machine has no font for its letters.</summary>
    public string? Png => PngPicture.Draw(this) is { } bytes ? Convert.ToBase64String(bytes) : null;

    /// <summary>A chart of Plotly.NET or XPlot.Plotly.</summary>
    /// <exception cref="CourseException">It is of another library.</exception>
    public static Figure From(object chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return TryFrom(chart, out var figure)
            ? figure
            : throw new CourseException(
                $"A {chart.GetType()} is no chart that can be shown: expected one of Plotly.NET or XPlot.Plotly, or a Figure.");
    }

    /// <param name="json">A Plotly figure with <c>data</c> and, if it likes, <c>layout</c>.</param>
    /// <exception cref="CourseException">It is not one.</exception>
    public static Figure FromJson(string json) => PlotlyReader.Read(PlotlyFigure.Parse(json));

    /// <summary>A figure, if the value is one, or a chart of a library that we know; otherwise nothing.</summary>
    public static bool TryFrom(object? value, out Figure figure)
    {
        figure = (value as Figure ?? ForeignChart.TryRead(value))!;
        return figure is not null;
    }

    /// <summary>The same chart under another title, with a smaller line below it: where the figures come from.</summary>
    public Figure Titled(string title, string origin) =>
        this with { Title = title, Origin = origin, Source = Source?.Titled(title, origin) };

    /// <summary>
    /// As an image, not as markup: of a notebook that the reader has not trusted, Jupyter keeps the one and takes SVG's elements out of
    /// the other.
    /// </summary>
    public string ToHtml()
    {
        var image = Convert.ToBase64String(Encoding.UTF8.GetBytes(Svg));
        var source = $"data:image/svg+xml;base64,{image}";
        return $"{Html.Of($"<figure style=\"margin:0\"><img alt=\"{Says}\" style=\"max-width:100%\" src=\"{source}\"></figure>")}";
    }

    /// <summary>The title, or where there is none the origin.</summary>
    internal string Says => Title.Length > 0 ? Title : Origin;

    public override string ToString() => FigureSummary.Of(this);
}

using System.Globalization;
using System.Net;
using System.Text;

namespace Course.TakeHome.Contracts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Points">Its points, in order of X.</param>
public sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A chart of lines.</summary>
/// <param name="Title">What the chart shows.</param>
/// <param name="XTitle">The title of the horizontal axis, with its unit.</param>
/// <param name="YTitle">The title of the vertical axis, with its unit.</param>
/// <param name="Lines">At least one line. On a logarithmic axis every X must be above 0.</param>
/// <param name="LogarithmicX">Whether X is drawn on a logarithmic scale.</param>
public sealed record LineChart(string Title, string XTitle, string YTitle, IReadOnlyList<ChartLine> Lines, bool LogarithmicX = false)
{
    private const int Width = 720, Height = 420, Left = 70, Right = 150, Top = 70, Bottom = 60;
    private static readonly string[] Colors = ["#1f5fa8", "#b5482a", "#3d7d3d", "#7a4fa0"];

    /// <summary>The chart as an SVG picture.</summary>
    public string ToSvg()
    {
        var points = Lines.SelectMany(line => line.Points).ToArray();
        var x = ChartScale.Of([.. points.Select(point => point.X)], LogarithmicX);
        var y = ChartScale.Of([0, .. points.Select(point => point.Y)], false);
        var svg = new StringBuilder(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" font-family=\"sans-serif\" " +
            "font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        Text(svg, Left, 26, Title, size: 16);
        Text(svg, Left, Top - 14, YTitle);
        Text(svg, (Left + Width - Right) / 2, Height - 14, XTitle + (LogarithmicX ? " (logarithmic)" : ""), anchor: "middle");
        foreach (var tick in x.Ticks)
        {
            Line(svg, Across(x, tick), Top, Across(x, tick), Height - Bottom);
            Text(svg, Across(x, tick), Height - Bottom + 18, Show.Number(tick), anchor: "middle");
        }
        foreach (var tick in y.Ticks)
        {
            Line(svg, Left, Up(y, tick), Width - Right, Up(y, tick));
            Text(svg, Left - 8, Up(y, tick) + 4, Show.Number(tick), anchor: "end");
        }
        foreach (var (index, line) in Lines.Index())
        {
            var color = Colors[index % Colors.Length];
            var corners = string.Join(' ', line.Points.Select(point => Invariant($"{Across(x, point.X):0.#},{Up(y, point.Y):0.#}")));
            svg.Append($"<polyline points=\"{corners}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>\n");
            Text(svg, Width - Right + 12, Top + 18 + (20 * index), line.Name, color: color);
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static double Across(ChartScale scale, double value) => Left + ((Width - Left - Right) * scale.Share(value));

    private static double Up(ChartScale scale, double value) => Height - Bottom - ((Height - Top - Bottom) * scale.Share(value));

    private static void Line(StringBuilder svg, double x0, double y0, double x1, double y1) =>
        svg.Append(Invariant($"<line x1=\"{x0:0.#}\" y1=\"{y0:0.#}\" x2=\"{x1:0.#}\" y2=\"{y1:0.#}\" stroke=\"#ddd\"/>\n"));

    private static void Text(
        StringBuilder svg, double x, double y, string text, int size = 13, string color = "#222", string anchor = "start") =>
        svg.Append(Invariant($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size}\" fill=\"{color}\" text-anchor=\"{anchor}\">"))
            .Append(WebUtility.HtmlEncode(text)).Append("</text>\n");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

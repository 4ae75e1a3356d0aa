using System.Globalization;
using System.Net;
using System.Text;

namespace Course.TakeHome.Contracts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">In order of X.</param>
public sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A chart of lines. The horizontal axis is logarithmic where <paramref name="LogarithmicX"/> says so.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="XTitle">With unit.</param>
/// <param name="YTitle">With unit.</param>
/// <param name="Lines">At least one, with points above 0 on a logarithmic axis.</param>
/// <param name="LogarithmicX">Whether X is drawn on a logarithmic scale.</param>
public sealed record LineChart(string Title, string XTitle, string YTitle, IReadOnlyList<ChartLine> Lines, bool LogarithmicX = false)
{
    private const int Width = 720, Height = 420, Left = 80, Right = 160, Top = 50, Bottom = 60;
    private static readonly string[] Colours = ["#1f5fa8", "#b5482a", "#3d7d3d", "#7a4fa0"];

    /// <summary>A picture that needs nothing but a browser.</summary>
    public string ToSvg()
    {
        (double X, double Y)[] points = [.. Lines.SelectMany(line => line.Points).Select(point => (Along(point.X), point.Y))];
        var (x0, x1) = Range([.. points.Select(point => point.X)]);
        var (y0, y1) = Range([0, .. points.Select(point => point.Y)]);
        string At(double along, double y) => Invariant($"{Left + ((Width - Left - Right) * (along - x0) / (x1 - x0)):0.#},{Height - Bottom - ((Height - Top - Bottom) * (y - y0) / (y1 - y0)):0.#}");

        var svg = new StringBuilder($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" font-family=\"sans-serif\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        Text(svg, Left, 28, Title, 16);
        Text(svg, Left, Height - 14, XTitle + (LogarithmicX ? " (logarithmic)" : ""));
        Text(svg, 8, Top - 8, YTitle);
        Text(svg, Left, Height - Bottom + 18, Show.Number(LogarithmicX ? Math.Exp(x0) : x0));
        Text(svg, Width - Right - 20, Height - Bottom + 18, Show.Number(LogarithmicX ? Math.Exp(x1) : x1));
        Text(svg, 40, Height - Bottom, Show.Number(y0));
        Text(svg, 40, Top + 10, Show.Number(y1));
        svg.Append($"<polyline points=\"{At(x0, y1)} {At(x0, y0)} {At(x1, y0)}\" fill=\"none\" stroke=\"#333\"/>\n");
        foreach (var (index, line) in Lines.Index())
        {
            var colour = Colours[index % Colours.Length];
            svg.Append($"<polyline points=\"{string.Join(' ', line.Points.Select(point => At(Along(point.X), point.Y)))}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
            Text(svg, Width - Right + 12, Top + 18 + (20 * index), line.Name, colour: colour);
        }
        return svg.Append("</svg>\n").ToString();
    }

    private double Along(double x) => LogarithmicX ? Math.Log(x) : x;

    private static (double Least, double Most) Range(double[] values) => values.Min() is var least && values.Max() is var most && most > least ? (least, most) : (least, least + 1);

    private static void Text(StringBuilder svg, int x, int y, string text, int size = 13, string colour = "#222") =>
        svg.Append(Invariant($"<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\">{WebUtility.HtmlEncode(text)}</text>\n"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

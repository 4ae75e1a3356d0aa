using System.Globalization;
using System.Text.Json.Nodes;
using OxyPlot;
using OxyPlot.Legends;

namespace Course.Inference.Charts.Pictures;

/// <summary>
/// Turns the common part of Plotly into an OxyPlot model: scatter, bar, histogram, box, heatmap and pie traces, scenes in three
/// dimensions seen from above, linear, logarithmic and category axes, titles, legend and annotations. What it cannot draw it names under
/// the title.
/// </summary>
internal static class PictureModel
{
    private static readonly Dictionary<string, Action<PictureCanvas, JsonObject, int>> Drawers = new()
    {
        ["scatter"] = ScatterDrawing.Draw,
        ["scattergl"] = ScatterDrawing.Draw,
        ["bar"] = BarDrawing.Draw,
        ["box"] = BoxDrawing.Draw,
        ["heatmap"] = HeatmapDrawing.Draw,
        ["pie"] = PieDrawing.Draw,
        ["scatter3d"] = SceneDrawing.Draw,
        ["mesh3d"] = SceneDrawing.Draw,
    };

    public static PlotModel Of(PlotlyFigure figure)
    {
        var canvas = new PictureCanvas(StillTraces.Of(figure), Empty());
        var notes = new List<string>();
        foreach (var (index, trace) in canvas.Figure.Traces.Index())
        {
            var type = trace.Text("type") ?? "scatter";
            if (Drawers.TryGetValue(type, out var draw))
                draw(canvas, trace, index);
            else
                notes.Add($"(a {type} trace is drawn only by Plotly)");
        }
        if (figure.Traces.Any(StillTraces.IsScene))
            notes.Add("(seen from above; the colour is z)");
        AnnotationDrawing.Draw(canvas);
        Title(canvas, notes);
        Legend(canvas);
        return canvas.Model;
    }

    private static PlotModel Empty() => new()
    {
        Culture = CultureInfo.InvariantCulture,
        Background = OxyColors.Transparent,
        PlotAreaBorderThickness = new OxyThickness(0),
        TextColor = PlotlyColour.Ink,
        DefaultFont = HouseStyle.FontFamily,
        DefaultFontSize = HouseStyle.FontSize - 1,
        TitleFontSize = HouseStyle.FontSize + 2,
        TitleFontWeight = 600,
        SubtitleFontSize = HouseStyle.FontSize - 3,
        TitlePadding = 10,
    };

    private static void Title(PictureCanvas canvas, IReadOnlyList<string> notes)
    {
        var lines = PlainText.Lines(canvas.Figure.Layout.Text("title", "text"));
        var below = lines.Skip(1).Concat(notes);
        canvas.Model.Title = lines is [var first, ..] ? first : null;
        canvas.Model.Subtitle = string.Join(Environment.NewLine, below);
    }

    private static void Legend(PictureCanvas canvas)
    {
        var wanted = canvas.Figure.Layout["showlegend"]?.GetValue<bool>();
        if (wanted ?? canvas.Model.Series.Count(series => series.Title is not null && series.RenderInLegend) > 1)
            canvas.Model.Legends.Add(new Legend
            {
                LegendPlacement = LegendPlacement.Outside,
                LegendPosition = LegendPosition.BottomLeft,
                LegendOrientation = LegendOrientation.Horizontal,
                LegendSymbolLength = 26,
            });
    }
}

using System.Globalization;
using OxyPlot;
using OxyPlot.Legends;

namespace Course.Charts.Pictures;

/// <summary>Turns a figure into an OxyPlot model, mark by mark.</summary>
internal static class PictureModel
{
    public static PlotModel Of(Figure figure)
    {
        var canvas = new PictureCanvas(figure, Empty());
        foreach (var (index, mark) in figure.Marks.Index())
            Draw(canvas, mark, index);
        foreach (var label in figure.Labels)
            canvas.Write(label);
        Title(canvas);
        Legend(canvas);
        return canvas.Model;
    }

    private static void Draw(PictureCanvas canvas, Mark mark, int index)
    {
        var color = PictureCanvas.ColorOf(mark, index);
        switch (mark)
        {
            case Series series:
                LineDrawing.Draw(canvas, series, color);
                break;
            case Bars bars:
                BarDrawing.Draw(canvas, bars, color);
                break;
            case Box box:
                BoxDrawing.Draw(canvas, box, color);
                break;
            case Heatmap cells:
                HeatmapDrawing.Draw(canvas, cells, index);
                break;
            case Pie pie:
                PieDrawing.Draw(canvas, pie);
                break;
            case PointCloud cloud:
                PointCloudDrawing.Draw(canvas, cloud, color, index);
                break;
        }
    }

    private static PlotModel Empty() => new()
    {
        Culture = CultureInfo.InvariantCulture,
        Background = OxyColors.Transparent,
        PlotAreaBorderThickness = new OxyThickness(0),
        TextColor = CssColor.Ink,
        DefaultFont = HouseStyle.FontFamily,
        DefaultFontSize = HouseStyle.FontSize - 1,
        TitleFontSize = HouseStyle.FontSize + 2,
        TitleFontWeight = 600,
        SubtitleFontSize = HouseStyle.FontSize - 3,
        TitlePadding = 10,
    };

    private static void Title(PictureCanvas canvas)
    {
        var figure = canvas.Figure;
        canvas.Model.Title = figure.Title.Length > 0 ? figure.Title : null;
        string[] below = [figure.Origin, .. figure.Notes];
        canvas.Model.Subtitle = string.Join(Environment.NewLine, below.Where(line => line.Length > 0));
    }

    private static void Legend(PictureCanvas canvas)
    {
        if (canvas.Figure.HasLegend ?? canvas.Model.Series.Count(series => series.Title is not null && series.RenderInLegend) > 1)
            canvas.Model.Legends.Add(new Legend
            {
                LegendPlacement = LegendPlacement.Outside,
                LegendPosition = LegendPosition.BottomLeft,
                LegendOrientation = LegendOrientation.Horizontal,
                LegendSymbolLength = 26,
            });
    }
}

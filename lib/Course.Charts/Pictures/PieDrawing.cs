using OxyPlot;
using OxyPlot.Series;

namespace Course.Charts.Pictures;

/// <summary>Draws a pie or a ring: slices clockwise from twelve o'clock, each with its name and its share.</summary>
internal static class PieDrawing
{
    public static void Draw(PictureCanvas canvas, Pie pie)
    {
        var series = new PieSeries
        {
            StartAngle = -90,
            Diameter = 0.8,
            InnerDiameter = 0.8 * Math.Clamp(pie.Hole, 0, 0.95),
            StrokeThickness = 1,
            Stroke = OxyColors.White,
            TextColor = CssColor.Ink,
            InsideLabelFormat = "",
            OutsideLabelFormat = "{1} ({2:0.#} %)",
        };
        foreach (var (index, slice) in pie.Slices.Index())
            series.Slices.Add(new(slice.Name, slice.Value) { Fill = CssColor.Read(slice.Color, CssColor.OfSeries(index)) });
        if (series.Slices.Count > 0)
            canvas.Model.Series.Add(series);
    }
}

using OxyPlot;
using OxyPlot.Axes;

namespace Course.Charts.Pictures;

/// <summary>Maps values to colours. The scale can be drawn on the right of the picture.</summary>
internal static class ColorScale
{
    public static LinearColorAxis Create(int index, bool isDrawn, string title = "") => new()
    {
        Key = $"scale{index}",
        Position = isDrawn ? AxisPosition.Right : AxisPosition.None,
        Palette = OxyPalettes.Viridis(64),
        TextColor = CssColor.Ink,
        TitleColor = CssColor.Ink,
        Title = title,
        LabelFormatter = PictureAxis.Tick,
    };
}

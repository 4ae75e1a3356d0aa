using OxyPlot;
using OxyPlot.Axes;

namespace Course.Charts.Pictures;

/// <summary>The scale from values to colors, drawn on the right of a picture unless it is not wanted.</summary>
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

using OxyPlot;

namespace Course.Inference.Charts.Pictures;

/// <summary>
/// Measures text for a picture whose fonts are the reader's. OxyPlot's own measure comes out a quarter below Helvetica's,
/// other fonts are wider still, and lines need air: without all this, texts run into each other.
/// </summary>
internal sealed class RoomyText() : PdfRenderContext(HouseStyle.Width, HouseStyle.Height, OxyColors.Transparent)
{
    private const double Wider = 1.55;
    private const double LineHeight = 1.25;

    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        var lines = string.IsNullOrEmpty(text) ? 0 : 1 + text.AsSpan().Count('\n');
        return new(base.MeasureText(text, "Arial", fontSize, fontWeight).Width * Wider, lines * fontSize * LineHeight);
    }
}

using OxyPlot;

namespace Course.Charts.Pictures;

/// <summary>
/// Measures text for a picture whose fonts are the reader's. OxyPlot's own measure comes out a quarter below Helvetica's,
/// other fonts are wider still, and lines need air: without all this, texts run into each other. It knows no width for what lies
/// beyond Latin (γ, ≥, −) and would take it for nothing, so such a character is measured as a digit.
/// </summary>
internal sealed class RoomyText() : PdfRenderContext(HouseStyle.Width, HouseStyle.Height, OxyColors.Transparent)
{
    private const double Wider = 1.55;
    private const double LineHeight = 1.25;

    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        var lines = string.IsNullOrEmpty(text) ? 0 : 1 + text.AsSpan().Count('\n');
        return new(base.MeasureText(Known(text), "Arial", fontSize, fontWeight).Width * Wider, lines * fontSize * LineHeight);
    }

    private static string? Known(string? text) =>
        text is null ? null : string.Create(text.Length, text, (known, given) =>
        {
            for (var i = 0; i < given.Length; i++)
                known[i] = given[i] <= 'ÿ' ? given[i] : '0';
        });
}

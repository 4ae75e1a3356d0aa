using OxyPlot;

namespace Course.Charts.Pictures;

/// <summary>
/// Measures text generously, because the reader's fonts are unknown. OxyPlot's own measure is a quarter below the width of Helvetica, other
/// fonts are wider still, and lines need spacing: otherwise texts overlap. OxyPlot has no widths beyond Latin (γ, ≥, −) and would
/// count such characters as zero, so they are measured as digits.
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

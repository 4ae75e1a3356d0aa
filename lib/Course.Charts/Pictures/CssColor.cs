using System.Globalization;
using OxyPlot;

namespace Course.Charts.Pictures;

/// <summary>Reads CSS colours: <c>#rrggbb</c>, <c>rgb(…)</c>, <c>rgba(…)</c> or a name.</summary>
internal static class CssColor
{
    public static OxyColor Ink { get; } = OxyColor.Parse(HouseStyle.Ink);

    public static OxyColor Grid { get; } = OxyColor.FromArgb(71, 128, 128, 128);

    public static OxyColor OfSeries(int index) => OxyColor.Parse(HouseStyle.ColorOf(index));

    /// <summary>Returns the colour, or the fallback if the text is not a colour.</summary>
    public static OxyColor Read(string? css, OxyColor fallback)
    {
        if (string.IsNullOrWhiteSpace(css))
            return fallback;
        if (css.StartsWith("rgb", StringComparison.OrdinalIgnoreCase))
            return Channels(css) ?? fallback;
        if (css[0] == '#')
            return css.Length == 7 && uint.TryParse(css.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb)
                ? OxyColor.FromUInt32(0xff000000 | rgb)
                : fallback;
        var named = System.Drawing.Color.FromName(css);
        return named.IsKnownColor ? OxyColor.FromArgb(named.A, named.R, named.G, named.B) : fallback;
    }

    private static OxyColor? Channels(string css)
    {
        var parts = css[(css.IndexOf('(', StringComparison.Ordinal) + 1)..].TrimEnd(')', ' ').Split(',');
        static double Number(string part) =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
        double[] numbers = [.. parts.Select(Number)];
        return numbers.Length is 3 or 4 && numbers.All(double.IsFinite)
            ? OxyColor.FromArgb(Byte(numbers.Length == 4 ? numbers[3] * 255 : 255), Byte(numbers[0]), Byte(numbers[1]), Byte(numbers[2]))
            : null;
    }

    private static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}

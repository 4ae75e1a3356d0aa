using System.Runtime.CompilerServices;
using OxyPlot.SkiaSharp;
using SkiaSharp;

namespace Course.Charts.Pictures;

/// <summary>
/// Draws a figure as PNG, for targets that take neither scripts nor SVG: LaTeX, PDF and some viewers. It needs a system font and Skia;
/// without them there is no PNG.
/// </summary>
internal static class PngPicture
{
    private const double Sharpness = 1.5; // pixels per unit: enough for print at column width, with half the time and bytes of 2
    private const double UnitsPerInch = 96;

    /// <summary>Fonts known to contain the characters of the course's charts, such as Greek letters and ≥; best first.</summary>
    private static readonly string[] Fonts = ["DejaVu Sans", "Liberation Sans", "Noto Sans", "Segoe UI", "Helvetica Neue", "Arial"];

    private const string Letters = "Aγ≥−";

    private static readonly Lazy<string?> Font = new(() => TryFind(FindFont));

    /// <summary>Returns the bytes of the PNG file, or null if this machine cannot draw it.</summary>
    public static byte[]? Draw(Figure figure) => Font.Value is { } font ? Draw(figure, font) : null;

    private static byte[] Draw(Figure figure, string font)
    {
        var model = PictureModel.Of(figure);
        model.DefaultFont = font;
        var exporter = new PngExporter
        {
            Width = (int)(Sharpness * figure.Width),
            Height = (int)(Sharpness * figure.Height),
            Dpi = (float)(Sharpness * UnitsPerInch),
            UseTextShaping = false, // shaping needs HarfBuzz, and Latin and Greek do not need shaping
        };
        using var file = new MemoryStream();
        exporter.Export(model, file);
        return file.ToArray();
    }

    private static string? TryFind(Func<string?> find)
    {
        try
        {
            return find();
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return null; // the package has no native library for this system
        }
    }

    // A separate method, so that Skia is first loaded inside TryFind.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? FindFont()
    {
        var families = SKFontManager.Default.FontFamilies.ToArray();
        return Fonts.FirstOrDefault(families.Contains) ?? families.FirstOrDefault(HasLetters);
    }

    private static bool HasLetters(string family)
    {
        using var typeface = SKTypeface.FromFamilyName(family);
        return typeface?.ContainsGlyphs(Letters) == true;
    }
}

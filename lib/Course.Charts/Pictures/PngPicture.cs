using System.Runtime.CompilerServices;
using OxyPlot.SkiaSharp;
using SkiaSharp;

namespace Course.Charts.Pictures;

/// <summary>
/// Draws a figure as PNG, for what takes neither script nor SVG: LaTeX, PDF, some viewers. Its letters come from a font of the system's;
/// where there is none, or no Skia, there is no such picture.
/// </summary>
internal static class PngPicture
{
    private const double Sharpness = 1.5; // pixels per unit: enough for print at a column's width, and half the time and bytes of 2
    private const double UnitsPerInch = 96;

    /// <summary>Known to have the letters of the course's charts, Greek and ≥ among them; best first.</summary>
    private static readonly string[] Fonts = ["DejaVu Sans", "Liberation Sans", "Noto Sans", "Segoe UI", "Helvetica Neue", "Arial"];

    private const string Letters = "Aγ≥−";

    private static readonly Lazy<string?> Font = new(() => TryFind(FindFont));

    /// <summary>The file's bytes, or null where this machine cannot draw it.</summary>
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
            UseTextShaping = false, // needs HarfBuzz; Latin and Greek do without
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
            return null; // a system that the package has no natives for
        }
    }

    // Apart, so that Skia is first touched inside TryFind.
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

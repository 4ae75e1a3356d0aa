using System.Buffers.Binary;
using SkiaSharp;

namespace Course.Charts.Tests.Pictures;

public class PngPictureTests
{
    /// <summary>Without fonts there is no PNG, but charts are still shown.</summary>
    [Theory]
    [MemberData(nameof(Figures.All), MemberType = typeof(Figures))]
    public void A_figure_is_a_png_of_its_size_with_something_on_it_where_there_is_a_font(string name)
    {
        if (Figures.Make(name).Png is not { } base64)
            return;
        var file = Convert.FromBase64String(base64);

        Assert.Equal([0x89, .. "PNG\r\n\u001a\n"u8], file[..8]);
        Assert.Equal(1140, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)));
        Assert.Equal(645, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
        using var bitmap = SKBitmap.Decode(file);
        Assert.True(bitmap.Pixels.Count(pixel => pixel.Alpha > 0) > 500);
    }
}

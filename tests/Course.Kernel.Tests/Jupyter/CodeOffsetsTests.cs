using Course.Kernel.Jupyter;

namespace Course.Kernel.Tests.Jupyter;

public sealed class CodeOffsetsTests
{
    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("😀bc", 1, 2)]
    [InlineData("a😀b😀c", 4, 6)]
    [InlineData("ab", 9, 2)]
    public void Code_points_become_utf16_units(string code, int codePoints, int utf16) =>
        Assert.Equal(utf16, CodeOffsets.ToUtf16(code, codePoints));

    [Theory]
    [InlineData("😀bc", 2, 1)]
    [InlineData("a😀b😀c", 6, 4)]
    public void Utf16_units_become_code_points(string code, int utf16, int codePoints) =>
        Assert.Equal(codePoints, CodeOffsets.ToCodePoints(code, utf16));
}

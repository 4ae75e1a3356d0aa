using Course.Charts.Pictures;

namespace Course.Charts.Tests.Pictures;

public sealed class RoomyTextTests
{
    // Legends are cut off if their texts are measured too narrow.
    [Theory]
    [InlineData("max(0, p − q)", "max(0, p - q)")]
    [InlineData("γ ≥ β", "g = b")]
    public void Characters_beyond_Latin_have_a_width(string text, string latin)
    {
        var room = new RoomyText();
        double Width(string some) => room.MeasureText(some, "any", 12, 400).Width;

        Assert.InRange(Width(text) / Width(latin), 0.9, 1.6);
    }
}

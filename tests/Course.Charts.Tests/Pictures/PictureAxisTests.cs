using Course.Charts.Pictures;

namespace Course.Charts.Tests.Pictures;

public class PictureAxisTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.01, "0.01")]
    [InlineData(100, "100")]
    [InlineData(1_000, "1000")]
    [InlineData(10_000, "10k")]
    [InlineData(-250_000, "-250k")]
    [InlineData(1e6, "1M")]
    [InlineData(3e9, "3G")]
    [InlineData(2e13, "20T")]
    public void A_tick_label_shows_its_value(double value, string label) =>
        Assert.Equal(label, PictureAxis.Tick(value));
}

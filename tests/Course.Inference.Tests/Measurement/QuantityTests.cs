using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class QuantityTests
{
    [Theory]
    [InlineData(0.0000000421, "42.1 ns")]
    [InlineData(0.00123, "1.23 ms")]
    [InlineData(0.5, "500 ms")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(90, "1.50 min")]
    [InlineData(0, "0 ns")]
    public void Durations_take_the_unit_that_suits_them(double seconds, string expected) =>
        Assert.Equal(expected, Quantity.Seconds(seconds));

    [Theory]
    [InlineData(150e9, "150 GFLOP/s")]
    [InlineData(999, "999 FLOP/s")]
    [InlineData(0.5, "0.50 FLOP/s")]
    public void Rates_take_the_prefix_that_suits_them(double rate, string expected) =>
        Assert.Equal(expected, Quantity.FlopsPerSecond(rate));
}

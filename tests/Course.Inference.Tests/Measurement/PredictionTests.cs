using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class PredictionTests
{
    [Theory]
    [InlineData(null, "bandwidth: no prediction yet; measured 10.0 GB/s")]
    [InlineData(11e9, "you said 11.0 GB/s; measured 10.0 GB/s — close")]
    [InlineData(40e9, "4 times too high")]
    [InlineData(2.5e9, "4 times too low")]
    [InlineData(0.0, "no factor")]
    public void It_says_by_what_factor_it_missed(double? guess, string says) =>
        Assert.Contains(says, Prediction.Measured("bandwidth", guess, 10e9, "B/s").ToString(), StringComparison.Ordinal);

    [Fact]
    public void It_says_measured_of_what_was_measured_alone()
    {
        Assert.Equal("dog: no prediction yet; measured 0.30", $"{Prediction.Measured("dog", null, 0.3, "")}");
        Assert.Equal("dog: no prediction yet; computed 0.30", $"{Prediction.Computed("dog", null, 0.3, "")}");
        Assert.Equal("dog: you said 0.30; predicted 0.30 — close.", $"{Prediction.Predicted("dog", 0.3, 0.3, "")}");
    }
}

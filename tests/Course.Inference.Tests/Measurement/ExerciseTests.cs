using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class ExerciseTests
{
    [Theory]
    [InlineData(null, false, "not answered yet")]
    [InlineData(20.0, false, "think of bytes")]
    [InlineData(10.7, true, "right")]
    [InlineData(9.3, true, "right")]
    public void An_answer_within_a_tenth_is_right(double? answer, bool solved, string says)
    {
        var exercise = new Exercise("how long", answer, 10, "think of bytes");

        Assert.Equal(solved, exercise.IsSolved);
        Assert.Contains(says, exercise.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "no prediction yet; measured 10.0 GB/s")]
    [InlineData(11e9, "well seen")]
    [InlineData(40e9, "4 times too high")]
    [InlineData(2.5e9, "4 times too low")]
    [InlineData(0.0, "no factor")]
    public void A_prediction_says_by_what_factor_it_missed(double? guess, string says) =>
        Assert.Contains(says, new Prediction("bandwidth", guess, 10e9, "B/s").ToString(), StringComparison.Ordinal);
}

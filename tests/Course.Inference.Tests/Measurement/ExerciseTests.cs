using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class ExerciseTests
{
    [Theory]
    [InlineData(null, false, "not answered yet")]
    [InlineData(20.0, false, "not yet. think of bytes")]
    [InlineData(10.5, false, "close, but not it; three figures are asked for. think of bytes")]
    [InlineData(10.09, true, "right")]
    [InlineData(9.91, true, "right")]
    public void An_answer_rounded_to_three_figures_is_right(double? answer, bool solved, string says)
    {
        var exercise = new Exercise("how long", answer, 10, "think of bytes");

        Assert.Equal(solved, exercise.IsSolved);
        Assert.Contains(says, exercise.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(199, true, "right")]
    [InlineData(199.00000001, true, "right")]
    [InlineData(200, false, "close, but not it; count exactly")]
    public void A_count_is_exact(double answer, bool solved, string says)
    {
        var exercise = new Exercise("how many", answer, 199, "one less", Tolerance: 0);

        Assert.Equal(solved, exercise.IsSolved);
        Assert.Contains(says, exercise.ToString(), StringComparison.Ordinal);
    }
}

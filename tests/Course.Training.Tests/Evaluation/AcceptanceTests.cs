using Course.Inference.Sampling;
using Course.Training.Evaluation;

namespace Course.Training.Tests.Evaluation;

public class AcceptanceTests
{
    private static readonly int[][] Prompts = [[1, 2], [2, 1], [1, 1]];

    [Fact]
    public void A_model_agrees_with_itself_entirely()
    {
        var model = new TableModel([0.1, 0.6, 0.3]);

        var rate = Acceptance.Measure(model, model, Prompts, 5, SamplingOptions.Default, [], seed: 1);

        Assert.Equal(1, rate.Alpha, 1e-6);
        Assert.Equal((3, 15), (rate.Prompts, rate.Tokens));
    }

    [Fact]
    public void Agreement_is_the_overlap_of_the_distributions()
    {
        var rate = Acceptance.Measure(
            new TableModel([0.1, 0.6, 0.3]), new TableModel([0.5, 0.3, 0.2]), Prompts, 5, SamplingOptions.Default, [], 1);

        Assert.Equal(0.1 + 0.3 + 0.2, rate.Alpha, 1e-6);
        Assert.Equal(0, rate.StandardError, 1e-6);
    }

    [Theory]
    [InlineData(0.4, 0.5, 0.1, 1)]
    [InlineData(0.5, 0.4, 0.1, 0)]
    public void At_temperature_zero_only_the_most_probable_token_counts(double a, double b, double c, double expected)
    {
        var rate = Acceptance.Measure(
            new TableModel([0.1, 0.6, 0.3]), new TableModel([a, b, c]), Prompts, 4, SamplingOptions.Greedy, [], 1);

        Assert.Equal(expected, rate.Alpha, 1e-9);
    }

    [Fact]
    public void Nothing_counts_after_the_end_of_a_text()
    {
        var certain = new TableModel([0, 1, 0]);

        Assert.Equal(3, Acceptance.Measure(certain, certain, Prompts, 5, SamplingOptions.Default, endTokens: [1], seed: 1).Tokens);
    }

    [Fact]
    public void Different_vocabularies_are_rejected() =>
        Assert.Throws<CourseException>(
            () => Acceptance.Measure(new TableModel([1, 0]), new TableModel([1, 0, 0]), Prompts, 1, SamplingOptions.Default, [], 1));
}

using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;

namespace Course.Inference.Tests.Speculation;

public class TargetDistributionsTests
{
    private readonly TargetDistributions distributions = new(new(SamplingOptions.Default));

    [Fact]
    public void Places_are_the_last_answers_of_the_row()
    {
        var logits = new Logits(1, 3, 2, [0, 0, 0, MathF.Log(3), MathF.Log(3), 0]);

        Assert.Equal(2, distributions.Begin(logits, row: 0, count: 2).Count);
        Assert.Equal([0.25, 0.75], distributions[0].Select(p => Math.Round(p, 6)));
        Assert.Equal([0.75, 0.25], distributions[1].Select(p => Math.Round(p, 6)));
    }

    [Fact]
    public void Rows_of_a_ragged_batch_keep_to_themselves()
    {
        var logits = new Logits(new PackedRows([1, 2]), 2, [0, 0, MathF.Log(3), 0, 0, MathF.Log(3)]);

        Assert.Equal([0.25, 0.75], distributions.Begin(logits, row: 1, count: 1)[0].Select(p => Math.Round(p, 6)));
    }

    [Fact]
    public void A_place_that_nobody_asks_for_is_not_computed()
    {
        distributions.Begin(new(1, 2, 2, [0, 0, float.NaN, 0]), row: 0, count: 2);

        Assert.Equal([0.5, 0.5], distributions[0]);
        Assert.Throws<CourseException>(() => distributions[1]); // after a rejection nobody looks
    }

    [Fact]
    public void Nothing_of_an_earlier_verification_is_left()
    {
        _ = distributions.Begin(new(1, 2, 2, [0, 0, 0, 0]), row: 0, count: 2).ToArray();
        distributions.Begin(new(1, 1, 2, [MathF.Log(3), 0]), row: 0, count: 1);

        Assert.Equal([0.75, 0.25], distributions[0].Select(p => Math.Round(p, 6)));
        Assert.Throws<ArgumentOutOfRangeException>(() => distributions[1]);
    }
}

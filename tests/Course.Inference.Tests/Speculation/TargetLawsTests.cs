using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Inference.Tests.Speculation;

public class TargetLawsTests
{
    private readonly TargetLaws laws = new(new(SamplingOptions.Default));

    [Fact]
    public void Places_are_the_last_answers_of_the_row()
    {
        var logits = new Logits(1, 3, 2, [0, 0, 0, MathF.Log(3), MathF.Log(3), 0]);

        Assert.Equal(2, laws.Begin(logits, row: 0, count: 2).Count);
        Assert.Equal([0.25, 0.75], laws[0].Select(p => Math.Round(p, 6)));
        Assert.Equal([0.75, 0.25], laws[1].Select(p => Math.Round(p, 6)));
    }

    [Fact]
    public void Rows_of_a_ragged_batch_keep_to_themselves()
    {
        var logits = new Logits(new PackedRows([1, 2]), 2, [0, 0, MathF.Log(3), 0, 0, MathF.Log(3)]);

        Assert.Equal([0.25, 0.75], laws.Begin(logits, row: 1, count: 1)[0].Select(p => Math.Round(p, 6)));
    }

    [Fact]
    public void A_place_that_nobody_asks_for_is_not_computed()
    {
        laws.Begin(new(1, 2, 2, [0, 0, float.NaN, 0]), row: 0, count: 2);

        Assert.Equal([0.5, 0.5], laws[0]);
        Assert.Throws<CourseException>(() => laws[1]); // behind a rejection nobody looks
    }

    [Fact]
    public void Nothing_of_an_earlier_verification_is_left()
    {
        _ = laws.Begin(new(1, 2, 2, [0, 0, 0, 0]), row: 0, count: 2).ToArray();
        laws.Begin(new(1, 1, 2, [MathF.Log(3), 0]), row: 0, count: 1);

        Assert.Equal([0.75, 0.25], laws[0].Select(p => Math.Round(p, 6)));
        Assert.Throws<ArgumentOutOfRangeException>(() => laws[1]);
    }
}

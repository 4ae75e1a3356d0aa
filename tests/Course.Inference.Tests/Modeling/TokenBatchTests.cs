namespace Course.Inference.Tests.Modeling;

public sealed class TokenBatchTests
{
    [Fact]
    public void Ragged_rows_lie_packed_and_each_is_found_again()
    {
        var batch = TokenBatch.Ragged([5, 6, 7], [8], [9, 10]);

        Assert.Equal((3, 3, 6), (batch.Rows, batch.Length, batch.Count));
        Assert.Equal([3, 1, 2], Enumerable.Range(0, 3).Select(batch.LengthOf));
        Assert.Equal([9, 10], batch.Row(2).ToArray());
        Assert.Equal(10, batch[2, 1]);
        Assert.Equal([5, 6, 7, 8, 9, 10], batch.Tokens.ToArray());
        Assert.Equal((2, 0), batch.Layout.Find(4));
    }

    [Fact]
    public void A_position_behind_its_row_is_not_the_next_rows_first() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenBatch.Ragged([1], [2, 3])[0, 1]);

    [Fact]
    public void A_batch_without_rows_and_a_row_without_tokens_are_refused()
    {
        Assert.Contains("at least one row", Assert.Throws<CourseException>(() => TokenBatch.Ragged()).Message, StringComparison.Ordinal);
        Assert.Contains("Row 1 of the batch is empty", Assert.Throws<CourseException>(() => TokenBatch.Ragged([1], [])).Message, StringComparison.Ordinal);
        Assert.Throws<CourseException>(() => new TokenBatch(0, 1, []));
        Assert.Throws<CourseException>(() => new TokenBatch(2, 0, []));
        Assert.Throws<CourseException>(() => TokenBatch.Of());
    }

    [Fact]
    public void A_foreign_token_is_named_by_its_row_and_its_place_there() => Assert.Contains(
        "Token 9 (row 1, position 1)",
        Assert.Throws<CourseException>(() => TokenBatch.Ragged([1], [2, 9]).RequireWithin(9)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(LogitsOf.EveryToken, new[] { 2, 1 })]
    [InlineData(LogitsOf.LastToken, new[] { 1, 1 })]
    [InlineData(LogitsOf.NoToken, new[] { 0, 0 })]
    public void Answers_are_as_many_as_were_asked_for(LogitsOf wanted, int[] lengths)
    {
        var layout = Logits.LayoutOf(TokenBatch.Ragged([1, 2], [3]), wanted);
        var logits = new Logits(layout, 2, [.. Enumerable.Range(0, 2 * layout.Count).Select(i => (float)i)]);

        Assert.Equal(lengths, Enumerable.Range(0, 2).Select(logits.LengthOf));
        if (lengths[1] > 0)
            Assert.Equal(2 * layout.Count - 2, logits.Last(1)[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => logits[1, lengths[1]].Length);
    }
}

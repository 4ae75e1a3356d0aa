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
    public void A_batch_without_rows_and_one_of_empty_rows_are_refused()
    {
        Assert.Contains("at least one row", Assert.Throws<CourseException>(() => TokenBatch.Ragged()).Message, StringComparison.Ordinal);
        Assert.Contains("All 2 rows of the batch are empty", Assert.Throws<CourseException>(() => TokenBatch.Ragged([], [])).Message, StringComparison.Ordinal);
        Assert.Throws<CourseException>(() => new TokenBatch(0, 1, []));
        Assert.Throws<CourseException>(() => new TokenBatch(2, 0, []));
        Assert.Throws<CourseException>(() => TokenBatch.Of());
    }

    [Fact]
    public void A_foreign_token_is_named_by_its_row_and_its_place_there() => Assert.Contains(
        "Token 9 (row 1, position 1)",
        Assert.Throws<CourseException>(() => TokenBatch.Ragged([1], [2, 9]).RequireWithin(9)).Message, StringComparison.Ordinal);

    [Fact]
    public void Rows_without_tokens_are_skipped_where_they_are()
    {
        var batch = TokenBatch.Ragged([], [5, 6], [], [7]);

        Assert.Equal([0, 2, 0, 1], Enumerable.Range(0, 4).Select(batch.LengthOf));
        Assert.Equal([7], batch.Row(3).ToArray());
        Assert.Equal((3, 0), batch.Layout.Find(2));
        Assert.False(batch.Layout.InStep);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch[2, 0]);
    }

    [Fact]
    public void A_tree_of_other_tokens_than_its_row_has_is_refused_and_so_is_text_before_nodes_that_are_cached()
    {
        Assert.Contains("row 0 has 1 tokens and 2 new nodes", Refused(() => TokenBatch.Branching([1], new([-1, -1]))), StringComparison.Ordinal);
        Assert.Equal(5, TokenBatch.Branching([1, 2, 3, 4, 5], new TokenTree([-1, -1]).Behind(3)).Count);
        Assert.Contains("already holds 1 nodes", Refused(() => new TokenTree([-1, -1], held: 1).Behind(1)), StringComparison.Ordinal);

        static string Refused(Action act) => Assert.Throws<CourseException>(act).Message;
    }

    [Fact]
    public void More_answers_than_tokens_and_answers_of_an_empty_row_are_errors()
    {
        var batch = TokenBatch.Ragged([1, 2], []);
        Assert.Contains("the last 3 tokens of row 0, which brings 2", Assert.Throws<CourseException>(() => Logits.LayoutOf(batch, LogitsOf.LastTokens([3, 0]))).Message, StringComparison.Ordinal);
        Assert.Contains("1 rows were named", Assert.Throws<CourseException>(() => Logits.LayoutOf(batch, LogitsOf.LastTokens([1]))).Message, StringComparison.Ordinal);
        var logits = new Logits(Logits.LayoutOf(batch, LogitsOf.LastToken), 2, [1, 2]);
        Assert.Equal(1, logits.Last(0)[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => logits.Last(1).Length);
    }

    public static TheoryData<LogitsOf, int[]> Wanted => new()
    {
        { LogitsOf.EveryToken, [2, 1] }, { LogitsOf.LastToken, [1, 1] }, { LogitsOf.NoToken, [0, 0] }, { LogitsOf.LastTokens([2, 0]), [2, 0] },
    };

    [Theory]
    [MemberData(nameof(Wanted), DisableDiscoveryEnumeration = true)]
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

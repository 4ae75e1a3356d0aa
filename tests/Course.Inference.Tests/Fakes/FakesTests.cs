namespace Course.Inference.Tests.Fakes;

public sealed class FakesTests
{
    [Fact]
    public void A_table_answers_the_same_through_its_cache_as_without_one_after_any_rewind()
    {
        var model = TableModel.Arbitrary(5, 16);
        using var cache = model.CreateCache();
        model.Forward(TokenBatch.Of(1, 2, 3, 4), cache);
        cache.Rewind(2);

        Assert.Equal(model.Logits([1, 2, 0]), model.Forward(TokenBatch.Of(0), cache).Last().ToArray());
        Assert.Equal(model.Logits([1, 2, 0]), model.Forward(TokenBatch.Of(1, 2, 0)).Last().ToArray());
        Assert.Throws<CourseException>(() => cache.Rewind(4));
        Assert.Throws<CourseException>(() => model.Forward(new(1, 17, new int[17])));
    }

    [Fact]
    public void A_script_fails_on_other_tokens_other_offsets_other_rewinds_and_too_few_calls()
    {
        static ScriptedModel Script() => new(4, 8, new ScriptedForward(0, [1, 2], [0, 3]), new ScriptedRewind(1));
        using var cache = Script().CreateCache();
        Assert.ThrowsAny<Exception>(() => Script().Forward(TokenBatch.Of(1, 1)));
        Assert.ThrowsAny<Exception>(() => Script().Forward(TokenBatch.Of(1)));
        Assert.ThrowsAny<Exception>(() => Script().AssertDone());
        Assert.ThrowsAny<Exception>(() => cache.Rewind(1)); // before its turn

        var model = Script();
        using var own = model.CreateCache();
        Assert.Equal(100, model.Forward(TokenBatch.Of(1, 2), own).Last()[3]);
        Assert.ThrowsAny<Exception>(() => own.Rewind(2));
    }
}

using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Tests.Families.Llama;

namespace Course.Inference.Tests.Caching;

public sealed class ContiguousCacheTests : IDisposable
{
    private static readonly LlamaConfiguration Shape = SmallModel.Shape(context: 16);

    private readonly LlamaModel model = SmallModel.Build(Shape);
    private readonly IKeyValueCache cache;

    public ContiguousCacheTests() => cache = model.CreateCache();

    public void Dispose()
    {
        cache.Dispose();
        model.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void After_a_rewind_the_model_answers_as_if_it_had_never_gone_there(int rewound)
    {
        int[] kept = [.. Enumerable.Range(1, 5 - rewound)], forgotten = [.. Enumerable.Range(20, rewound)], next = [7, 8];
        model.Forward(TokenBatch.Of([.. kept, .. forgotten]), cache);
        cache.Rewind(rewound);
        Assert.Equal(kept.Length, cache.Length);
        var actual = model.Forward(TokenBatch.Of(next), cache);

        using var straight = model.CreateCache();
        if (kept.Length > 0)
            model.Forward(TokenBatch.Of(kept), straight);
        // Not to the bit: the first call had another length, and a product of other size may add up in another order.
        LogitsAssert.Near(model.Forward(TokenBatch.Of(next), straight), actual, 1e-5);
    }

    [Fact]
    public void Rewinding_and_writing_the_same_again_changes_no_bit()
    {
        model.Forward(TokenBatch.Of(1, 2, 3), cache);
        var first = model.Forward(TokenBatch.Of(4, 5), cache);
        cache.Rewind(2);
        var second = model.Forward(TokenBatch.Of(4, 5), cache);
        for (var t = 0; t < 2; t++)
            Assert.Equal(first[0, t].ToArray(), second[0, t].ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void More_than_there_is_cannot_be_forgotten(int count)
    {
        model.Forward(TokenBatch.Of(1, 2, 3), cache);
        Assert.Contains($"Cannot rewind {count} tokens: row 0 of the cache holds 3", Assert.Throws<CourseException>(() => cache.Rewind(count)).Message, StringComparison.Ordinal);
        Assert.Equal(3, cache.Length);
    }

    [Fact]
    public void A_text_longer_than_the_context_is_refused_and_the_cache_stays_as_it_was()
    {
        model.Forward(new(1, 14, new int[14]), cache);
        var error = Assert.Throws<CourseException>(() => model.Forward(TokenBatch.Of(1, 2, 3), cache));
        Assert.Contains("14 cached and 3 new tokens exceed this model's context of 16", error.Message, StringComparison.Ordinal);
        Assert.Equal(14, cache.Length);
        model.Forward(TokenBatch.Of(1, 2), cache);
        Assert.Equal(cache.Capacity, cache.Length);
        Assert.Throws<CourseException>(() => model.Forward(new(1, 17, new int[17])));
    }

    [Fact]
    public void A_cache_of_another_model_is_refused_even_if_it_has_the_same_shape()
    {
        using var other = SmallModel.Build(Shape, seed: 9);
        using var foreign = other.CreateCache();
        Assert.Contains("only from caches that it made", Assert.Throws<CourseException>(() => model.Forward(TokenBatch.Of(1), foreign)).Message, StringComparison.Ordinal);
        Assert.Equal(0, foreign.Length);
    }

    [Fact]
    public void A_cache_of_another_batch_is_refused()
    {
        using var two = model.CreateCache(2);
        Assert.Contains("holds 2 rows and the call brings 1", Assert.Throws<CourseException>(() => model.Forward(TokenBatch.Of(1), two)).Message, StringComparison.Ordinal);
        Assert.Throws<CourseException>(() => model.CreateCache(0));
    }

    [Fact]
    public void A_cache_states_the_bytes_that_it_reserves() =>
        Assert.Equal(2L * Shape.Layers * Shape.KeyValueHeads * Shape.HeadWidth * 16 * sizeof(float), cache.Bytes);

    [Fact]
    public void A_cache_that_no_memory_holds_is_refused_and_leaves_nothing()
    {
        using var wide = SmallModel.Build(SmallModel.Shape(context: 1 << 24)); // 2^31 rows of 2^24 tokens: more than any address space
        var before = LiveTensors.OfThisThread;
        Assert.Contains("No memory for a cache", Assert.Throws<CourseException>(() => wide.CreateCache(int.MaxValue)).Message, StringComparison.Ordinal);
        Assert.Equal(before, LiveTensors.OfThisThread);
    }
}

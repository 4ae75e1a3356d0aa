using Course.Inference.Caching;
using Course.Inference.Tests.Families.Llama;

namespace Course.Inference.Tests.Caching;

public sealed class CachingModelTests
{
    private static readonly CacheOptions Int8 = new() { Type = CacheType.Int8, BlockTokens = 4 };

    [Fact]
    public void A_call_without_a_cache_remembers_in_one_of_its_kind()
    {
        var shape = SmallModel.Shape(context: 16);
        using var model = SmallModel.Build(shape);
        var tokens = TokenBatch.Of(SmallModel.RandomTokens(shape, 12));
        using var cache = model.CreateCache(options: Int8);
        var expected = model.Forward(tokens, cache, LogitsOf.LastToken).Last().ToArray();

        Assert.Equal(expected, new CachingModel(model, Int8).Forward(tokens, wanted: LogitsOf.LastToken).Last().ToArray());
        Assert.NotEqual(expected, model.Forward(tokens, wanted: LogitsOf.LastToken).Last().ToArray()); // else the kind made no difference
    }

    [Fact]
    public void Its_caches_are_of_its_kind_unless_another_is_asked_for()
    {
        using var model = SmallModel.Build(SmallModel.Shape(context: 16));
        using var own = new CachingModel(model, Int8).CreateCache(rows: 2);
        using var other = new CachingModel(model, Int8).CreateCache(options: CacheOptions.Default);

        Assert.Equal((CacheType.Int8, 2), (own.Type, own.Rows));
        Assert.Equal(CacheType.AsModel, other.Type);
    }

    [Fact]
    public void A_cache_that_is_given_is_the_one_that_is_used()
    {
        using var model = SmallModel.Build(SmallModel.Shape(context: 16));
        using var given = model.CreateCache();

        new CachingModel(model, Int8).Forward(TokenBatch.Of(1, 2, 3), given);

        Assert.Equal(3, given.Length);
    }
}

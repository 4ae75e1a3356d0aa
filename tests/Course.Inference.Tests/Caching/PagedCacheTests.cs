using Course.Inference.Caching;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Tests.Families.Llama;

namespace Course.Inference.Tests.Caching;

public sealed class PagedCacheTests : IDisposable
{
    private static readonly LlamaConfiguration Shape = SmallModel.Shape(context: 40);
    private static readonly CacheOptions Blocks4 = new() { BlockTokens = 4, Blocks = 12 };

    private readonly LlamaModel model = SmallModel.Build(Shape);

    public void Dispose() => model.Dispose();

    private PagedCache Create(int rows, CacheOptions? options = null) => (PagedCache)model.CreateCache(rows, options ?? Blocks4);

    private static int[] Text(int seed, int length) => SmallModel.RandomTokens(Shape, length, seed);

    [Fact]
    public void The_model_answers_through_pages_as_through_one_block()
    {
        using var paged = Create(3);
        using var contiguous = model.CreateCache(3);
        foreach (var batch in new[] { TokenBatch.Ragged(Text(1, 6), Text(2, 1), Text(3, 9)), new(3, 1, [1, 2, 3]), TokenBatch.Ragged(Text(4, 2), Text(5, 5), Text(6, 1)) })
        {
            var (expected, actual) = (model.Forward(batch, contiguous), model.Forward(batch, paged));
            for (var row = 0; row < 3; row++)
                for (var t = 0; t < batch.LengthOf(row); t++)
                    LogitsAssert.Near([.. expected[row, t].ToArray().Select(x => (double)x)], actual[row, t], $"row {row}, token {t}", 1e-5);
            paged.Rewind(1);
            contiguous.Rewind(1);
        }
    }

    /// <summary>Kernels follow the block table; where a block ends changes no bit.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void The_fused_model_answers_through_pages_and_forks_with_the_same_bits_as_through_one_block(int blockTokens)
    {
        using var fused = new FusedLlamaModel(Shape, SmallModel.Tensors(Shape, SmallModel.Weights(Shape, seed: 1)));
        using var paged = (PagedCache)fused.CreateCache(2, new() { BlockTokens = blockTokens });
        using var contiguous = fused.CreateCache(3);
        int[] shared = Text(1, 10);
        int[][] texts = [Text(2, 3), Text(3, 7), Text(4, 1)];
        fused.Forward(TokenBatch.Ragged(shared, Text(9, 2)), paged);
        paged.Remove(1);
        paged.Fork(0, 10);
        paged.Fork(0, 6);
        fused.Forward(TokenBatch.Ragged(shared, shared, shared[..6]), contiguous);

        foreach (var batch in new[] { TokenBatch.Ragged(texts), new(3, 1, [1, 2, 3]), TokenBatch.Ragged([4], [5, 6, 7, 8, 9], [1, 1]) })
        {
            var (expected, actual) = (fused.Forward(batch, contiguous), fused.Forward(batch, paged));
            for (var row = 0; row < 3; row++)
                for (var t = 0; t < batch.LengthOf(row); t++)
                    Assert.Equal(expected[row, t].ToArray(), actual[row, t].ToArray());
            paged.Rewind(1, 1);
            contiguous.Rewind(1, 1);
        }
    }

    [Fact]
    public void Rows_that_share_a_prefix_store_it_once_and_answer_as_if_each_had_read_it()
    {
        int[] prefix = Text(1, 10);
        using var cache = Create(1);
        model.Forward(TokenBatch.Of(prefix), cache);
        Assert.Equal((1, 2), (cache.Fork(0, 10), cache.Fork(0, 7)));

        Assert.Equal(9, cache.FreeBlocks); // three blocks hold all three rows
        Assert.Equal([3, 3, 2], cache.BlocksOf(0).Select(cache.SharersOf));
        int[][] texts = [Text(2, 3), Text(3, 2), Text(4, 1)];
        var logits = model.Forward(TokenBatch.Ragged(texts), cache);

        // The third block was written by the first two, so one of them got a copy; the last row a copy of the second.
        Assert.Equal(12 - (4 + 3 + 2 - 2 - 1), cache.FreeBlocks);
        for (var row = 0; row < 3; row++)
        {
            int[] whole = [.. prefix[..(row == 2 ? 7 : 10)], .. texts[row]];
            LogitsAssert.Near([.. model.Forward(TokenBatch.Of(whole)).Last().ToArray().Select(x => (double)x)], logits.Last(row), $"row {row}", 1e-5);
        }
    }

    [Fact]
    public void When_blocks_run_out_the_error_says_so_nothing_has_moved_and_leaving_rows_make_room()
    {
        using var cache = Create(2);
        int[][] texts = [Text(1, 20), Text(2, 24)];
        model.Forward(TokenBatch.Ragged(texts), cache); // 5 + 6 of 12 blocks
        var next = TokenBatch.Ragged(Text(3, 1), Text(4, 2));
        var error = Assert.Throws<CourseException>(() => model.Forward(next, cache));

        Assert.Contains("1 of 12 blocks of 4 tokens left and this call needs 2", error.Message, StringComparison.Ordinal);
        Assert.Equal((20, 24, 1), (cache.LengthOf(0), cache.LengthOf(1), cache.FreeBlocks));
        cache.Remove(0);
        var logits = model.Forward(TokenBatch.Of(7), cache);
        LogitsAssert.Near([.. model.Forward(TokenBatch.Of([.. texts[1], 7])).Last().ToArray().Select(x => (double)x)], logits.Last(), "the row that stayed", 1e-5);
        Assert.Equal(5, cache.FreeBlocks);
    }

    [Fact]
    public void A_reservation_that_was_never_used_is_taken_back()
    {
        using var cache = Create(1);
        IModelCache memory = cache;
        memory.Reserve(new([9]));
        Assert.Equal(9, cache.FreeBlocks);
        memory.Reserve(new([2]));
        Assert.Equal(11, cache.FreeBlocks);
        cache.Rewind(0);
        Assert.Equal(12, cache.FreeBlocks);
    }

    [Theory]
    [InlineData(CacheType.AsModel)]
    [InlineData(CacheType.Int8)]
    public void Its_bytes_are_those_of_the_formula(CacheType type)
    {
        using var cache = Create(2, Blocks4 with { Type = type });
        var perVector = LlamaPrecision.Of(Shape, sizeof(float)).CachedVectorBytes(Shape.HeadWidth, type);
        Assert.Equal(12 * 4 * 2 * Shape.Layers * Shape.KeyValueHeads * perVector, cache.Bytes);
        Assert.Equal(type, cache.Type);
    }

    [Fact]
    public void Without_a_number_of_blocks_every_row_can_reach_the_context()
    {
        using var cache = Create(3, new() { BlockTokens = 7 });
        Assert.Equal(3 * 6, cache.Blocks);
        model.Forward(new(3, 40, new int[120]), cache, LogitsOf.NoToken);
        Assert.Equal(0, cache.FreeBlocks);
    }

    [Fact]
    public void Forks_and_options_out_of_range_are_refused()
    {
        using var cache = Create(1);
        void AssertError(string named, Action act) => Assert.Contains(named, Assert.Throws<CourseException>(act).Message, StringComparison.Ordinal);
        AssertError("Cannot share 1 tokens: row 0 of the cache holds 0", () => cache.Fork(0, 1));
        AssertError("There is no row 1", () => cache.Fork(1, 0));
        AssertError("There is no block 12", () => cache.SharersOf(12));
        AssertError("BlockTokens must be at least 1", () => Create(1, new() { BlockTokens = 0 }));
        AssertError("Blocks must be at least 1", () => Create(1, new() { BlockTokens = 4, Blocks = 0 }));
        AssertError("BlockTokens is not set", () => Create(1, new() { Blocks = 4 }));
        AssertError("Type must be one of", () => Create(1, new() { Type = (CacheType)7 }));
        AssertError("more than a cache can count", () => Create(int.MaxValue, new() { BlockTokens = 4 }));
    }

    [Fact]
    public unsafe void Kernels_find_a_token_at_its_place_in_its_block()
    {
        using var cache = Create(1);
        CacheDriver.Append(cache, Shape, [[.. Enumerable.Range(50, 6)]], [[.. Enumerable.Range(50, 6)]]);
        cache.Fork(0, 5);
        CacheDriver.Append(cache, Shape, [[60], [61]], [[.. Enumerable.Range(50, 6), 60], [.. Enumerable.Range(50, 5), 61]]);
        var memory = ((IModelCache)cache).Memory!;
        int[][] rows = [[.. Enumerable.Range(50, 6), 60], [.. Enumerable.Range(50, 5), 61]];
        for (var row = 0; row < 2; row++)
            for (var s = 0; s < rows[row].Length; s++)
                for (var head = 0; head < Shape.KeyValueHeads; head++)
                    for (var i = 0; i < Shape.HeadWidth; i++)
                    {
                        var at = (head * memory.BlockTokens + s % 4) * Shape.HeadWidth + i;
                        Assert.Equal(CacheDriver.Key(rows[row][s], 1, head, i), memory.Keys(1, row, s / 4)[at]);
                        Assert.Equal(CacheDriver.Value(rows[row][s], 1, head, i), memory.Values(1, row, s / 4)[at]);
                    }
        Assert.Null(((IModelCache)cache).Int8Memory);
    }
}

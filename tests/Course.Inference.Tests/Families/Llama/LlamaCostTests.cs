using Course.Inference.Families.Llama;

namespace Course.Inference.Tests.Families.Llama;

public class LlamaCostTests
{
    public static TheoryData<int[], int[], LogitsOf, int, bool> Calls => new()
    {
        // T and S of each sequence, tokens with logits, key/value heads, tied
        { [1], [0], LogitsOf.EveryToken, 4, false },
        { [1], [7], LogitsOf.LastToken, 2, true },
        { [5], [3], LogitsOf.LastToken, 1, false },
        { [4, 4], [0, 0], LogitsOf.EveryToken, 2, false },
        { [6, 6, 6], [5, 5, 5], LogitsOf.NoToken, 4, true },
        { [1, 4, 2], [6, 0, 3], LogitsOf.EveryToken, 2, true },
        { [3, 1], [0, 5], LogitsOf.LastToken, 2, false },
        { [0, 3, 0, 1], [6, 2, 0, 5], LogitsOf.LastToken, 2, false },
        { [4, 3, 1, 0], [0, 2, 5, 7], LogitsOf.LastTokens([0, 3, 1, 0]), 2, true },
    };

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void Every_count_equals_what_an_instrumented_forward_counts(int[] T, int[] S, LogitsOf wanted, int keyValueHeads, bool tied)
    {
        const int elementBytes = 2;
        var c = SmallModel.Shape(keyValueHeads: keyValueHeads, tied: tied);
        var weights = SmallModel.Weights(c, seed: 4);
        var naive = new NaiveLlama(c, name => weights[name]);
        NaiveRow[] rows = [.. T.Select(_ => new NaiveRow(c.Layers))];
        void Feed(NaiveRow row, int tokens, int answers)
        {
            for (var t = 0; t < tokens; t++)
                if (t >= tokens - answers)
                    naive.Next(row, token: t);
                else
                    naive.Feed(row, token: t);
        }

        for (var row = 0; row < rows.Length; row++)
            Feed(rows[row], S[row], answers: 0);
        var before = rows.Where((_, row) => T[row] > 0).Sum(row => row.Elements);
        naive.StartCall();
        for (var row = 0; row < rows.Length; row++)
            Feed(rows[row], T[row], wanted.CountIn(row, T[row]));
        var after = rows.Where((_, row) => T[row] > 0).Sum(row => row.Elements); // of a row that takes no part nothing is read

        var batch = TokenBatch.Ragged([.. T.Select(length => new int[length])]);
        using var cache = new TokenCache(T.Length, c.ContextLength);
        for (var row = 0; row < rows.Length; row++)
            cache.Tokens[row].AddRange(new int[S[row]]);
        var cost = new LlamaCost(c, LlamaPrecision.Of(c, elementBytes)).Of(ForwardShape.Of(batch, cache, wanted));

        Assert.Equal(naive.Count.Flops, cost.Flops);
        Assert.Equal(elementBytes * (naive.WeightsTouched + naive.Count.GatheredWeights), cost.WeightBytes);
        Assert.Equal(elementBytes * (after - before + after), cost.CacheBytes);
        Assert.Equal(elementBytes * (naive.Count.Read + naive.Count.Written), cost.ActivationBytes);
    }

    public static TheoryData<LogitsOf> Wanted => [LogitsOf.EveryToken, LogitsOf.LastToken, LogitsOf.NoToken];

    [Theory]
    [MemberData(nameof(Wanted), DisableDiscoveryEnumeration = true)]
    public void Uniform_batches_have_the_shape_that_two_numbers_describe(LogitsOf wanted)
    {
        using var cache = new TokenCache(3, 16);
        foreach (var row in cache.Tokens)
            row.AddRange([1, 2, 3, 4]);
        Assert.Equal(ForwardShape.Of(new(3, 2, new int[6]), cache, wanted), ForwardShape.Uniform(3, 2, 4, wanted));
    }

    [Fact]
    public void An_int8_cache_costs_a_byte_an_element_and_a_scale_per_vector()
    {
        var c = SmallModel.Shape();
        var cost = new LlamaCost(c, LlamaPrecision.Of(c, 4));
        double Bytes(CacheType type) => cost.Of(ForwardShape.Uniform(1, 1, 9, cache: type)).CacheBytes;
        // 10 tokens read and 1 written; 2·L·Hkv vectors each
        Assert.Equal(11.0 * 2 * c.Layers * c.KeyValueHeads * (c.HeadWidth + 4), Bytes(CacheType.Int8));
        Assert.Equal(11.0 * 2 * c.Layers * c.KeyValueHeads * c.HeadWidth * 4, Bytes(CacheType.AsModel));
    }

    [Fact]
    public void A_step_of_a_large_model_costs_about_two_FLOPs_per_weight()
    {
        // Llama 2 7B, whose parameter count is public: 6,738,415,616.
        var c = new LlamaConfiguration
        {
            VocabularySize = 32000,
            Width = 4096,
            HiddenWidth = 11008,
            Layers = 32,
            QueryHeads = 32,
            KeyValueHeads = 32,
            HeadWidth = 128,
            ContextLength = 4096,
        };
        Assert.Equal(6_738_415_616, LlamaLayout.ParameterCount(c));
        var step = new LlamaCost(c, LlamaPrecision.Of(c, elementBytes: 2)).Of(ForwardShape.Uniform(1, 1, 0));
        Assert.InRange(step.Flops / 2 / 6_738_415_616, 0.97, 1.0); // the embedding is gathered, not multiplied
        Assert.InRange(step.ArithmeticIntensity, 0.95, 1.0);
    }

    [Fact]
    public void Cached_tokens_cost_bytes_in_proportion()
    {
        var c = SmallModel.Shape();
        double Read(int cached) => new LlamaCost(c, LlamaPrecision.Of(c, 4)).Of(ForwardShape.Uniform(1, 1, cached)).CacheBytes;
        Assert.Equal(2.0 * c.Layers * c.KeyValueHeads * c.HeadWidth * 4 * 10, Read(30) - Read(20));
    }

    [Fact]
    public void A_negative_cache_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ForwardShape.Uniform(1, 1, -1));
}

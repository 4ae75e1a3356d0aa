using Course.Inference.Models;

namespace Course.Inference.Tests.Models;

public class LlamaCostTests
{
    public static TheoryData<int, int, int, int, bool> Calls => new()
    {
        // B, T, S, key/value heads, tied
        { 1, 1, 0, 4, false },
        { 1, 1, 7, 2, true },
        { 1, 5, 3, 1, false },
        { 2, 4, 0, 2, false },
        { 3, 6, 5, 4, true },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Every_count_equals_what_an_instrumented_forward_counts(int B, int T, int S, int keyValueHeads, bool tied)
    {
        const int elementBytes = 2;
        var c = SmallModel.Shape(keyValueHeads: keyValueHeads, tied: tied);
        var weights = SmallModel.Weights(c, seed: 4);
        var naive = new NaiveLlama(c, name => weights[name]);
        NaiveRow[] rows = [.. Enumerable.Range(0, B).Select(_ => new NaiveRow(c.Layers))];
        void Feed(int tokens)
        {
            foreach (var row in rows)
                for (var t = 0; t < tokens; t++)
                    naive.Next(row, token: t);
        }

        Feed(S);
        var before = rows.Sum(row => row.Elements);
        naive.StartCall();
        Feed(T);
        var after = rows.Sum(row => row.Elements);

        var cost = LlamaCost.Of(c, elementBytes, B, T, S);
        Assert.Equal(naive.Count.Flops, cost.Flops);
        Assert.Equal(elementBytes * (naive.WeightsTouched + naive.Count.GatheredWeights), cost.WeightBytes);
        Assert.Equal(elementBytes * (after - before + after), cost.CacheBytes);
        Assert.Equal(elementBytes * (naive.Count.Read + naive.Count.Written), cost.ActivationBytes);
    }

    [Fact]
    public void A_step_of_a_large_model_costs_about_two_operations_per_weight()
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
        var step = LlamaCost.Of(c, elementBytes: 2, rows: 1, newTokens: 1, cached: 0);
        Assert.InRange(step.Flops / 2 / 6_738_415_616, 0.97, 1.0); // the embedding is gathered, not multiplied
        Assert.InRange(step.ArithmeticIntensity, 0.95, 1.0);
    }

    [Fact]
    public void Cached_tokens_cost_bytes_in_proportion()
    {
        var c = SmallModel.Shape();
        double Read(int cached) => LlamaCost.Of(c, 4, 1, 1, cached).CacheBytes;
        Assert.Equal(2.0 * c.Layers * c.KeyValueHeads * c.HeadWidth * 4 * 10, Read(30) - Read(20));
    }

    [Fact]
    public void A_negative_cache_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LlamaCost.Of(SmallModel.Shape(), 4, 1, 1, -1));
}

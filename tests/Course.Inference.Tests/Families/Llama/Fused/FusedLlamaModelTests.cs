using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Kernels;
using Course.Inference.Quantization;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Families.Llama.Fused;

public class FusedLlamaModelTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<int, int, bool, int, int, int> Shapes => new()
    {
        // heads, key/value heads, tied, width, hidden, head width
        { 4, 4, false, 24, 33, 6 },
        { 4, 2, true, 24, 40, 8 },
        { 4, 1, false, 17, 21, 6 },
        { 1, 1, true, 7, 5, 2 },
        { 16, 2, false, 64, 96, 64 },
    };

    public static TheoryData<string> Precisions => [.. Enum.GetNames<Precision>()];

    public enum Precision
    {
        Float32,
        Int8,
        Int4Of32,
        Int4Of64,
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Logits_agree_with_a_naive_double_precision_forward(
        int heads, int keyValueHeads, bool tied, int width, int hidden, int headWidth)
    {
        var c = SmallModel.Shape(
            width: width, hidden: hidden, heads: heads, keyValueHeads: keyValueHeads, tied: tied, headWidth: headWidth);
        var weights = SmallModel.Weights(c, seed: 3);
        using var model = new FusedLlamaModel(c, SmallModel.Tensors(c, weights));
        var naive = new NaiveLlama(c, name => weights[name]);
        var row = new NaiveRow(c.Layers);
        var tokens = SmallModel.RandomTokens(c, 40);
        double[][] expected = [.. tokens.Select(token => naive.Next(row, token))];

        LogitsAssert.Near(expected, model.Forward(TokenBatch.Of(tokens)), 0, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Logits_agree_with_the_plain_model_on_the_same_weights(string precision)
    {
        var c = Shape();
        using var twin = Plain(c, Enum.Parse<Precision>(precision));
        using var model = Fused(c, Enum.Parse<Precision>(precision));
        var tokens = TokenBatch.Ragged([1, 2, 3], SmallModel.RandomTokens(c, 21), [7]);
        LogitsAssert.Near(twin.Forward(tokens), model.Forward(tokens), precision == nameof(Precision.Float32) ? Tolerance : 2e-3);
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void A_tokens_logits_are_the_same_bits_whatever_tokens_share_the_call(string precision)
    {
        var c = Shape();
        using var model = Fused(c, Enum.Parse<Precision>(precision));
        var tokens = SmallModel.RandomTokens(c, 40);
        var whole = model.Forward(TokenBatch.Of(tokens));
        for (var M = 1; M <= 17; M++)
        {
            using var cache = model.CreateCache();
            for (var at = 0; at < tokens.Length; at += M)
            {
                var piece = model.Forward(TokenBatch.Of(tokens.AsSpan(at, Math.Min(M, tokens.Length - at))), cache);
                for (var t = 0; t < piece.Length; t++)
                    Assert.Equal(whole[0, at + t], piece[0, t]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void A_sequences_logits_are_the_same_bits_whatever_the_others_in_the_batch(string precision)
    {
        var c = Shape();
        using var model = Fused(c, Enum.Parse<Precision>(precision));
        int[][] rows = [
            SmallModel.RandomTokens(c, 3), SmallModel.RandomTokens(c, 29, seed: 5), [4], SmallModel.RandomTokens(c, 11, seed: 6)
        ];
        var together = model.Forward(TokenBatch.Ragged(rows));
        var last = model.Forward(TokenBatch.Ragged(rows), wanted: LogitsOf.LastToken);
        for (var row = 0; row < rows.Length; row++)
        {
            var alone = model.Forward(TokenBatch.Of(rows[row]));
            for (var t = 0; t < rows[row].Length; t++)
                Assert.Equal(alone[0, t], together[row, t]);
            Assert.Equal(alone.Last(), last.Last(row));
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var c = Shape();
        var tokens = TokenBatch.Of(SmallModel.RandomTokens(c, 19));
        float[][] answers = [.. new[] { 1, 2, 5 }.Select(count =>
        {
            using var threads = new KernelThreads(count);
            using var model = new FusedLlamaModel(c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)), threads);
            return model.Forward(tokens).Last().ToArray();
        })];
        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[0], answers[2]);
    }

    [Fact]
    public void After_a_rewind_the_answers_are_those_of_a_text_without_it()
    {
        var c = Shape();
        using var model = Fused(c, Precision.Float32);
        using var cache = model.CreateCache();
        model.Forward(TokenBatch.Of(1, 2, 3, 30, 31, 32), cache);
        cache.Rewind(3);
        Assert.Equal(model.Forward(TokenBatch.Of(1, 2, 3, 4, 5)).Last(), model.Forward(TokenBatch.Of(4, 5), cache).Last());
    }

    [Theory]
    [InlineData(CacheType.AsModel, 1)]
    [InlineData(CacheType.AsModel, 16)]
    [InlineData(CacheType.Int8, null)]
    [InlineData(CacheType.Int8, 5)]
    public void Any_kind_of_cache_serves_the_kernels_as_it_serves_the_plain_model(CacheType type, int? blockTokens)
    {
        var c = Shape();
        using var plain = Plain(c, Precision.Float32);
        using var fused = Fused(c, Precision.Float32);
        CacheOptions options = new() { Type = type, BlockTokens = blockTokens };
        using IKeyValueCache a = plain.CreateCache(2, options), b = fused.CreateCache(2, options);
        foreach (var T in (int[])[3, 1, 9, 1])
        {
            var tokens = TokenBatch.Ragged(SmallModel.RandomTokens(c, T), SmallModel.RandomTokens(c, 2 * T, seed: 9));
            // The rounding of a cached vector may differ.
            LogitsAssert.Near(plain.Forward(tokens, a), fused.Forward(tokens, b), type == CacheType.Int8 ? 0.02 : Tolerance);
        }
    }

    [Theory]
    [InlineData(CacheType.AsModel)]
    [InlineData(CacheType.Int8)]
    public void A_tokens_logits_are_the_same_bits_whatever_the_pages_of_the_cache(CacheType type)
    {
        var c = Shape();
        using var model = Fused(c, Precision.Float32);
        var tokens = TokenBatch.Of(SmallModel.RandomTokens(c, 40));
        float[][] answers = [.. new int?[] { null, 1, 7, 16 }.Select(blockTokens =>
        {
            using var cache = model.CreateCache(1, new() { Type = type, BlockTokens = blockTokens });
            return model.Forward(tokens, cache).Last().ToArray();
        })];
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    [Fact]
    public void A_step_equals_a_forward()
    {
        var c = Shape();
        using var model = Fused(c, Precision.Int8);
        using IKeyValueCache a = model.CreateCache(2), b = model.CreateCache(2);
        var logits = new float[2 * 3 * c.VocabularySize];
        model.Step([1, 2, 3, 4, 5, 6], a, logits);
        var expected = model.Forward(new(2, 3, [1, 2, 3, 4, 5, 6]), b);
        for (var row = 0; row < 2; row++)
            for (var t = 0; t < 3; t++)
                Assert.Equal(expected[row, t], logits.AsSpan(((row * 3) + t) * c.VocabularySize, c.VocabularySize));
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Ten_thousand_steps_allocate_nothing(string precision)
    {
        var c = SmallModel.Shape(width: 64, hidden: 64, heads: 2, keyValueHeads: 1, headWidth: 32, layers: 1, context: 24);
        using var model = Fused(c, Enum.Parse<Precision>(precision));
        using var cache = model.CreateCache();
        var logits = new float[c.VocabularySize];
        for (var i = 0; i < c.ContextLength; i++)
            model.Step([1], cache, logits); // the scores' memory has its final size, and the code is compiled
        var tensors = LiveTensors.OfThisThread;
        Allocations.RequireNone(10_000, i =>
        {
            if (cache.Length == c.ContextLength)
                cache.Rewind(cache.Length);
            model.Step([i % c.VocabularySize], cache, logits);
        });
        Assert.Equal(tensors, LiveTensors.OfThisThread);
    }

    [Fact]
    public void Disposing_model_and_cache_leaves_no_tensor()
    {
        var before = LiveTensors.OfThisThread;
        foreach (var precision in Enum.GetValues<Precision>())
            using (var model = Fused(Shape(), precision))
            using (var cache = model.CreateCache(2))
                model.Forward(new(2, 2, [1, 2, 3, 4]), cache);
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    [Fact]
    public void Half_precisions_are_widened()
    {
        var c = Shape();
        var weights = SmallModel.Weights(c, 1);
        using var rounded = new LlamaModel(
            c,
            SmallModel.Tensors(c, weights)
                .ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.BFloat16).to(ScalarType.Float32)), CPU);
        using var model = new FusedLlamaModel(
            c, SmallModel.Tensors(c, weights).ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.BFloat16)));
        LogitsAssert.Near(rounded.Forward(TokenBatch.Of(1, 2, 3)), model.Forward(TokenBatch.Of(1, 2, 3)), Tolerance);
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_the_cache_stays_as_it_was()
    {
        var c = Shape();
        using var model = Fused(c, Precision.Float32);
        using var other = Fused(c, Precision.Float32);
        using var cache = model.CreateCache();
        var logits = new float[c.VocabularySize];
        model.Step([1], cache, logits);
        Assert.Contains(
            "Token 37", Assert.Throws<CourseException>(() => model.Step([37], cache, logits)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "only from caches that it made", Assert.Throws<CourseException>(() => other.Step([1], cache, logits)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "room for 37 logits", Assert.Throws<CourseException>(() => model.Step([1, 2], cache, logits)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "exceed this model's context",
            Assert.Throws<CourseException>(() => model.Forward(TokenBatch.Of(new int[c.ContextLength]), cache)).Message,
            StringComparison.Ordinal);
        Assert.Equal(1, cache.Length);
    }

    private static LlamaConfiguration Shape() =>
        SmallModel.Shape(width: 64, hidden: 192, heads: 4, keyValueHeads: 2, headWidth: 32, layers: 2, context: 48);

    private static FusedLlamaModel Fused(LlamaConfiguration c, Precision precision) => precision == Precision.Float32
        ? new(c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)))
        : new(c, Quantised(c, precision));

    private static LlamaModel Plain(LlamaConfiguration c, Precision precision) => precision == Precision.Float32
        ? SmallModel.Build(c)
        : new(c, Quantised(c, precision), CPU);

    private static QuantizedWeights Quantised(LlamaConfiguration c, Precision precision)
    {
        using var scope = NewDisposeScope();
        return QuantizedWeights.From(c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)), precision switch
        {
            Precision.Int8 => WeightFormat.Int8,
            Precision.Int4Of32 => WeightFormat.Int4(32),
            _ => WeightFormat.Int4(64),
        });
    }
}

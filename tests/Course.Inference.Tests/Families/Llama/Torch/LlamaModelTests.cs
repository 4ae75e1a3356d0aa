using Course.Inference.Families.Llama.Torch;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Families.Llama.Torch;

public class LlamaModelTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<int, int, bool, int, int> Shapes => new()
    {
        // heads, key/value heads, tied, width, hidden
        { 4, 4, false, 24, 33 },
        { 4, 2, true, 24, 40 },
        { 4, 1, false, 17, 21 },
        { 1, 1, true, 7, 5 },
        { 6, 3, false, 31, 64 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Logits_agree_with_a_naive_double_precision_forward(int heads, int keyValueHeads, bool tied, int width, int hidden)
    {
        var c = SmallModel.Shape(width: width, hidden: hidden, heads: heads, keyValueHeads: keyValueHeads, tied: tied);
        var weights = SmallModel.Weights(c, seed: 3);
        using var model = new LlamaModel(c, SmallModel.Tensors(c, weights), CPU);
        var naive = new NaiveLlama(c, name => weights[name]);
        const int B = 3, T = 11;
        var tokens = SmallModel.RandomTokens(c, B * T);

        var uncached = model.Forward(new(B, T, tokens));
        using var cache = model.CreateCache(B);
        var pieces = Pieces(tokens, B, T, [4, 1, 5, 1]).Select(piece => model.Forward(piece, cache)).ToArray();

        for (var b = 0; b < B; b++)
        {
            var row = new NaiveRow(c.Layers);
            double[][] expected = [.. tokens.Skip(b * T).Take(T).Select(token => naive.Next(row, token))];
            LogitsAssert.Near(expected, uncached, b, Tolerance);
            var at = 0;
            foreach (var piece in pieces)
            {
                LogitsAssert.Near(expected[at..(at + piece.Length)], piece, b, Tolerance);
                at += piece.Length;
            }
        }
    }

    [Fact]
    public void Later_tokens_do_not_change_earlier_logits()
    {
        var c = SmallModel.Shape();
        using var model = SmallModel.Build(c);
        var whole = model.Forward(TokenBatch.Of(1, 2, 3, 4, 5));
        var changed = model.Forward(TokenBatch.Of(1, 2, 3, 30, 31));
        for (var t = 0; t < 3; t++)
            Assert.Equal(whole[0, t].ToArray(), changed[0, t].ToArray());
    }

    [Fact]
    public void Cached_logits_equal_uncached_ones()
    {
        var c = SmallModel.Shape();
        using var model = SmallModel.Build(c);
        var tokens = SmallModel.RandomTokens(c, 20);
        var uncached = model.Forward(TokenBatch.Of(tokens));
        using var cache = model.CreateCache();
        for (var t = 0; t < tokens.Length; t++)
            LogitsAssert.Near(
                [.. uncached[0, t].ToArray().Select(x => (double)x)], model.Forward(TokenBatch.Of(tokens[t]), cache).Last(), $"token {t}",
                1e-5);
    }

    [Fact]
    public void A_network_that_has_answered_in_inference_mode_can_still_be_trained()
    {
        using var scope = NewDisposeScope();
        var c = SmallModel.Shape();
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, 1));
        foreach (var weight in tensors.Values)
            weight.requires_grad = true;
        using var network = new LlamaNetwork(c, LlamaWeights.From(c, name => tensors[name], weight => new DenseProjection(weight)), CPU);
        using (inference_mode())
            network.Forward(tensor(new long[] { 1, 2, 3 }, [1, 3]));
        network.Forward(tensor(new long[] { 1, 2, 3 }, [1, 3])).square().sum().backward();
        Assert.All(tensors, pair => Assert.True(pair.Value.grad!.abs().sum().item<float>() > 0, pair.Key));
    }

    [Fact]
    public void Positions_beyond_the_first_table_are_rotated_by_the_same_angles()
    {
        var c = SmallModel.Shape(context: 600, layers: 1);
        var weights = SmallModel.Weights(c, 3);
        using var model = new LlamaModel(c, SmallModel.Tensors(c, weights), CPU);
        using var cache = model.CreateCache();
        var naive = new NaiveLlama(c, name => weights[name]);
        var row = new NaiveRow(c.Layers);
        var tokens = SmallModel.RandomTokens(c, 600);
        double[][] expected = [.. tokens.Select(token => naive.Next(row, token))];
        var at = 0;
        foreach (var length in (int[])[250, 1, 5, 10, 300, 34]) // the table has 256 positions at first, and then 512 and 600
        {
            LogitsAssert.Near(expected[at..(at + length)], model.Forward(TokenBatch.Of(tokens.AsSpan(at, length)), cache), 0, Tolerance);
            at += length;
        }
    }

    [Fact]
    public void Two_hundred_forwards_leave_as_many_tensors_as_before()
    {
        using var model = SmallModel.Build(SmallModel.Shape(context: 256));
        using var cache = model.CreateCache();
        model.Forward(TokenBatch.Of(1), cache);
        var before = LiveTensors.OfThisThread;
        for (var i = 0; i < 100; i++)
        {
            model.Forward(TokenBatch.Of(i % 37), cache);
            model.Forward(TokenBatch.Of(1, 2, 3));
        }

        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    [Fact]
    public void Disposing_model_and_cache_leaves_nothing()
    {
        var before = LiveTensors.OfThisThread;
        using (var model = SmallModel.Build(SmallModel.Shape()))
        using (var cache = model.CreateCache(2))
            model.Forward(new(2, 2, [1, 2, 3, 4]), cache);
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    [Fact]
    public void A_token_outside_the_vocabulary_is_refused_and_the_cache_stays_as_it_was()
    {
        using var model = SmallModel.Build(SmallModel.Shape());
        using var cache = model.CreateCache();
        model.Forward(TokenBatch.Of(1, 2), cache);
        var error = Assert.Throws<CourseException>(() => model.Forward(TokenBatch.Of(3, 37), cache));
        Assert.Contains("Token 37 (row 0, position 1)", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, cache.Length);
    }

    [Fact]
    public void Tensors_of_another_shape_are_refused_by_name()
    {
        var c = SmallModel.Shape();
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, 1));
        var error = Assert.Throws<FileException>(() => new LlamaModel(c with { HiddenWidth = 34 }, tensors, CPU));
        Assert.Contains(
            "\"model.layers.0.mlp.gate_proj.weight\" is [33, 24], where [34, 24] was expected", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<TokenBatch> Pieces(int[] tokens, int B, int T, int[] lengths)
    {
        var at = 0;
        foreach (var length in lengths)
        {
            yield return new(B, length, [.. Enumerable.Range(0, B).SelectMany(b => tokens[(b * T + at)..(b * T + at + length)])]);
            at += length;
        }
    }
}

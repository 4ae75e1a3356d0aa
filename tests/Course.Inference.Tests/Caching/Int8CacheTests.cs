using Course.Inference.Caching;
using Course.Inference.Checkpoints;
using Course.Inference.Tests.Families.Llama;
using Course.Inference.Tests.Sampling;
using Course.Inference.Tokenization;
using Xunit.Abstractions;

namespace Course.Inference.Tests.Caching;

public sealed class Int8CacheTests(ITestOutputHelper output)
{
    private static readonly CacheOptions Int8 = new() { Type = CacheType.Int8 };

    /// <summary>A text of the kind that the target has learnt.</summary>
    private const string Text =
        "Once upon a time there was a little girl named Lily. She loved to play in the garden with her dog. One day the dog ran away and Lily was very sad. " +
        "She looked under the bed, behind the door and in the big tree. Then she heard a small sound from the box near the window. " +
        "\"Is that you?\" she asked. The dog jumped out and they both laughed. Her mother came and gave them some cake.";

    [Fact]
    public void On_the_bundled_target_one_byte_an_element_changes_the_law_by_less_than_a_thousandth_of_a_nat()
    {
        using var model = Models.LoadReadable(Bundled.Target);
        int[] tokens = [.. TokenizerFile.Load(Bundled.Target).RequireFits(model, Bundled.Target).EncodePrompt(Text)];
        using IKeyValueCache exact = model.CreateCache(), rounded = model.CreateCache(options: Int8);
        var (p, q) = (model.Forward(TokenBatch.Of(tokens), exact), model.Forward(TokenBatch.Of(tokens), rounded));
        double[] divergences = [.. Enumerable.Range(0, tokens.Length).Select(t => Divergence(p[0, t].ToArray(), q[0, t].ToArray()))];

        output.WriteLine($"{tokens.Length} positions: KL {divergences.Average():E2} nat on average, {divergences.Max():E2} at most; " +
            $"{exact.Bytes / (double)rounded.Bytes:F2} times fewer bytes.");
        Assert.InRange(divergences.Average(), 1e-9, 1e-3); // not zero: then nothing was rounded
        Assert.Equal(4.0 * 32 / (32 + 4), exact.Bytes / (double)rounded.Bytes, 1e-12);
    }

    /// <summary>Σ p · log(p / q), in nats.</summary>
    private static double Divergence(float[] exact, float[] rounded) => NaiveSampling.Softmax(exact).Zip(NaiveSampling.Softmax(rounded), (p, q) => p > 0 ? p * Math.Log(p / q) : 0).Sum();

    [Fact]
    public void How_the_prompt_was_cut_does_not_matter_for_every_query_reads_what_is_stored()
    {
        var shape = SmallModel.Shape(context: 40);
        using var model = SmallModel.Build(shape);
        var tokens = SmallModel.RandomTokens(shape, 24);
        using IKeyValueCache whole = model.CreateCache(options: Int8), pieces = model.CreateCache(options: Int8 with { BlockTokens = 5 });
        var expected = model.Forward(TokenBatch.Of(tokens), whole).Last();
        var actual = expected;
        for (var at = 0; at < tokens.Length; at += 3)
            actual = model.Forward(TokenBatch.Of(tokens.AsSpan(at, 3)), pieces, LogitsOf.LastToken).Last();

        // A product of another size adds up in another order, which tips a few elements over to the next step of 1/127.
        LogitsAssert.Near([.. expected.ToArray().Select(x => (double)x)], actual, "last", 0.02);
    }

    [Fact]
    public unsafe void Kernels_find_the_bytes_and_scales_that_the_rule_gives()
    {
        var shape = SmallModel.Shape(context: 12);
        using var model = SmallModel.Build(shape);
        using var cache = (PagedCache)model.CreateCache(1, new() { Type = CacheType.Int8, BlockTokens = 4 });
        int[] tokens = [.. Enumerable.Range(0, 7)];
        CacheDriver.Append(cache, shape, [tokens], [tokens], tolerance: 2.0 / 127);
        var memory = ((IModelCache)cache).Int8Memory!;
        Assert.Null(((IModelCache)cache).Memory);

        for (var layer = 0; layer < shape.Layers; layer++)
            for (var s = 0; s < tokens.Length; s++)
                for (var head = 0; head < shape.KeyValueHeads; head++)
                {
                    float[] vector = [.. Enumerable.Range(0, shape.HeadWidth).Select(i => CacheDriver.Value(s, layer, head, i))];
                    var scale = vector.Max(MathF.Abs) / 127;
                    var at = head * memory.BlockTokens + s % 4;
                    Assert.Equal(scale, memory.ValueScales(layer, 0, s / 4)[at]);
                    for (var i = 0; i < shape.HeadWidth; i++)
                        Assert.Equal((sbyte)MathF.Round(vector[i] / scale, MidpointRounding.ToEven), memory.Values(layer, 0, s / 4)[at * shape.HeadWidth + i]);
                    Assert.Equal(127, Enumerable.Range(0, shape.HeadWidth).Max(i => Math.Abs((int)memory.Keys(layer, 0, s / 4)[at * shape.HeadWidth + i])));
                    Assert.True(memory.KeyScales(layer, 0, s / 4)[at] > 0);
                }
    }

    [Fact]
    public void A_vector_of_zeros_is_stored_as_one()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var blocks = new Int8Blocks(new(1, 1, 2, 4), TorchSharp.torch.CPU, TorchSharp.torch.ScalarType.Float32);
        var at = TorchSharp.torch.tensor(new long[] { 0 });
        blocks.Write(TorchSharp.torch.zeros(1, 1, 4), at, at);
        Assert.All(blocks.Read(at, 2).data<float>().ToArray(), x => Assert.Equal(0, x));
    }
}

using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Quantization;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Families.Llama;

public class QuantizedModelTests
{
    private static LlamaConfiguration Shape(bool tied) => SmallModel.Shape(width: 32, hidden: 64, headWidth: 8, tied: tied);

    public static TheoryData<int, int, bool> Formats => new() { { 8, 0, true }, { 8, 0, false }, { 4, 32, true }, { 4, 32, false } };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_quantised_model_computes_what_an_ordinary_model_of_its_unpacked_weights_computes(int bits, int groupSize, bool tied)
    {
        var c = Shape(tied);
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, 5));
        var weights = QuantizedWeights.From(c, tensors, new WeightFormat(bits, groupSize));
        // Untied, since the head of a tied model is quantised and its embedding is not.
        var untied = c with { TiedEmbeddings = false };
        using var ordinary = new LlamaModel(untied, weights.Dequantize(untied), CPU);
        using var model = new LlamaModel(c, weights, CPU);
        var batch = new TokenBatch(2, 6, SmallModel.RandomTokens(c, 12));
        LogitsAssert.Near(ordinary.Forward(batch), model.Forward(batch), 1e-6);
    }

    [Fact]
    public void A_quantised_model_of_another_shape_is_refused_and_its_weights_stay_the_callers()
    {
        var c = Shape(tied: false);
        using var scope = NewDisposeScope();
        using var weights = QuantizedWeights.From(c, SmallModel.Tensors(c, SmallModel.Weights(c, 5)), WeightFormat.Int8);
        Assert.Throws<FileException>(() => new LlamaModel(c with { Layers = 3 }, weights, CPU));
        Assert.Equal(c.Width, weights.Tensors[LlamaLayout.Embedding].shape[1]);
    }

    [Fact]
    public void A_matrix_that_the_group_size_does_not_divide_is_named_and_nothing_leaks()
    {
        var c = SmallModel.Shape(width: 32, hidden: 33, headWidth: 8);
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, 5));
        var before = LiveTensors.OfThisThread;
        var error = Assert.Throws<CourseException>(() => QuantizedWeights.From(c, tensors, WeightFormat.Int4()));
        Assert.Contains("mlp.down_proj", error.Message, StringComparison.Ordinal);
        Assert.Contains("33 inputs", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    /// <summary>An independent count: bits per weight and bits per scale, matrix by matrix, as the formats are described.</summary>
    [Theory]
    [InlineData(8, 0)]
    [InlineData(4, 32)]
    public void The_cost_of_a_step_counts_the_bytes_of_values_and_scales(int bits, int groupSize)
    {
        var c = Shape(tied: true); // D 32, hidden 64, H·d 32, Hkv·d 16, V 37, L 2
        using var scope = NewDisposeScope();
        var weights = QuantizedWeights.From(c, SmallModel.Tensors(c, SmallModel.Weights(c, 5)), new WeightFormat(bits, groupSize));
        using var model = new LlamaModel(c, weights, CPU);
        (int Out, int In)[] matrices = [
            .. Enumerable.Repeat<(int, int)[]>([(32, 32), (16, 32), (16, 32), (32, 32), (64, 32), (64, 32), (32, 64)], 2)
            .SelectMany(layer => layer), (37, 32)
        ];
        var expected = matrices.Sum(m => m.Out * m.In * bits / 8 + (bits == 8 ? m.Out * 4 : m.Out * m.In / groupSize * 2));
        const int gains = 5 * 32 * 4, oneEmbedding = 32 * 4;
        Assert.Equal(expected + gains + oneEmbedding, model.Cost(1, 1, 3).WeightBytes);
        Assert.Equal(expected + gains + 37 * 32 * 4, weights.Bytes);
    }
}

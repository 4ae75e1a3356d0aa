using Course.Inference.Models;
using Course.Inference.Quantization;
using Course.Inference.Tests.Models;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Quantization;

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
        Assert.Throws<CheckpointException>(() => new LlamaModel(c with { Layers = 3 }, weights, CPU));
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
}

using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Quantization;
using Course.Inference.Tests.Families.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Quantization;

public class ErrorFeedbackTests
{
    private const int Outputs = 12, Inputs = 128;

    private static Tensor Weight() => randn(Outputs, Inputs, generator: new Generator(1));

    /// <summary>Inputs that go together: each is a mixture of a few hidden ones, and a little of its own.</summary>
    private static Tensor Moment()
    {
        var x = randn(2000, 10, generator: new Generator(2)).matmul(randn(10, Inputs, generator: new Generator(3))) + randn(2000, Inputs, generator: new Generator(4)) * 0.3;
        return x.t().matmul(x).to(ScalarType.Float64) / 2000;
    }

    /// <summary>Mean squared error of the outputs: tr(Δ·H·Δᵀ).</summary>
    private static double OutputError(Int4Matrix matrix, Tensor weight, Tensor moment)
    {
        var delta = (matrix.Dequantize() - weight).to(ScalarType.Float64);
        return (delta.matmul(moment) * delta).sum().ToDouble();
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Where_inputs_go_together_the_outputs_err_far_less(int groupSize)
    {
        using var scope = NewDisposeScope();
        var (weight, moment) = (Weight(), Moment());
        using Int4Matrix nearest = Int4Matrix.Quantize(weight, groupSize), feedback = ErrorFeedback.Quantize(weight, moment, groupSize);
        Assert.InRange(OutputError(feedback, weight, moment) / OutputError(nearest, weight, moment), 0, 0.35);
    }

    [Fact]
    public void Where_inputs_have_nothing_to_do_with_each_other_it_is_rounding_to_nearest()
    {
        using var scope = NewDisposeScope();
        using Int4Matrix nearest = Int4Matrix.Quantize(Weight()), feedback = ErrorFeedback.Quantize(Weight(), eye(Inputs, dtype: ScalarType.Float64));
        Assert.Equal(nearest.Nibbles.bytes.ToArray(), feedback.Nibbles.bytes.ToArray());
        Assert.Equal(nearest.Scales.bytes.ToArray(), feedback.Scales.bytes.ToArray());
    }

    [Fact]
    public void Inputs_that_the_text_never_used_do_no_harm()
    {
        using var scope = NewDisposeScope();
        foreach (var moment in (Tensor[])[zeros([Inputs, Inputs], ScalarType.Float64), diag((arange(Inputs) < 3).to(ScalarType.Float64))])
        {
            using var matrix = ErrorFeedback.Quantize(Weight(), moment);
            Assert.InRange((matrix.Dequantize() - Weight()).abs().max().ToDouble(), 0, 1); // of weights up to 4: a step is 0.5 and one may be clipped
        }
    }

    [Fact]
    public void A_moment_of_another_size_or_with_holes_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<CourseException>(() => ErrorFeedback.Quantize(Weight(), eye(64, dtype: ScalarType.Float64)));
        Assert.Throws<CourseException>(() => ErrorFeedback.Quantize(Weight(), full([Inputs, Inputs], double.NaN, ScalarType.Float64)));
        Assert.Contains("48 inputs", Assert.Throws<CourseException>(() => ErrorFeedback.Quantize(zeros(2, 48), eye(48, dtype: ScalarType.Float64))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calibration_sees_what_enters_each_matrix_and_leaks_nothing()
    {
        var c = SmallModel.Shape();
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, 5));
        int[][] texts = [SmallModel.RandomTokens(c, 7), SmallModel.RandomTokens(c, 4, 9)];
        var before = LiveTensors.OfThisThread;
        using (var calibration = Calibration.Observe(c, tensors, texts))
        {
            using var inner = NewDisposeScope();
            var rows = tensors[LlamaLayout.Embedding].index_select(0, tensor([.. texts.SelectMany(text => text.Select(id => (long)id))])).to(ScalarType.Float64);
            var x = rows / (rows.square().mean([-1], keepdim: true) + c.NormEpsilon).sqrt() * tensors["model.layers.0.input_layernorm.weight"].to(ScalarType.Float64);
            var expected = x.t().matmul(x) / 11;
            Assert.InRange((calibration.Moment("model.layers.0.self_attn.k_proj.weight") - expected).abs().max().ToDouble(), 0, 1e-5);
            Assert.All(LlamaLayout.Projections(c), name => Assert.True(calibration.Moment(name).diagonal().min().ToDouble() > 0));
            Assert.Equal(11, calibration.Tokens);
        }

        Assert.Equal(before, LiveTensors.OfThisThread);
        Assert.Throws<CourseException>(() => Calibration.Observe(c, tensors, []));
    }

    [Fact]
    public void A_model_writes_the_same_text_from_the_same_seed()
    {
        var c = SmallModel.Shape();
        using var model = SmallModel.Build(c);
        var text = SelfGeneratedText.Write(model, beginToken: 3, length: 9, rows: 2, seed: 4);
        Assert.Equal(text, SelfGeneratedText.Write(model, 3, 9, 2, 4));
        Assert.NotEqual(text, SelfGeneratedText.Write(model, 3, 9, 2, 5));
        Assert.All(text, row => Assert.Equal((3, 9), (row[0], row.Length)));
        Assert.NotEqual(text[0], text[1]);
    }
}

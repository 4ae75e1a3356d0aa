using Course.Inference.Families.Llama;
using Course.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Training.Tests.Runs;

public sealed class GrowthTests : IDisposable
{
    private static readonly LlamaConfiguration Larger = SmallRun.Shape with { Layers = 5, HiddenWidth = 80 };

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly TrainableLlama trained = SmallRun.Model();

    [Theory]
    [InlineData(2, 32)] // nothing to grow
    [InlineData(2, 80)]
    [InlineData(3, 32)]
    [InlineData(5, 80)]
    public void A_grown_model_computes_the_same_as_the_small_one(int layers, int hidden)
    {
        using var grown = Grown(SmallRun.Shape with { Layers = layers, HiddenWidth = hidden });

        Assert.True(Logits(grown).allclose(Logits(trained), rtol: 1e-5, atol: 1e-6));
    }

    [Fact]
    public void The_test_detects_a_copied_layer_that_writes_at_once()
    {
        var tensors = Growth.Grow(SmallRun.Shape, trained.Tensors, Larger, seed: 1);
        tensors[LlamaLayout.Name(1, TensorRole.Down)] = tensors[LlamaLayout.Name(0, TensorRole.Down)].clone();
        using var wrong = new TrainableLlama(Larger, tensors, CPU, halfProducts: false);

        Assert.False(Logits(wrong).allclose(Logits(trained), rtol: 1e-5, atol: 1e-6));
    }

    [Fact]
    public void Added_units_learn()
    {
        using var folder = new TemporaryFolder();
        using var grown = Grown(Larger);
        using var run = SmallRun.Of(grown, folder.Path, SmallRun.Recipe with { Steps = 3 });
        run.Train(new SmallRun.Silent());

        var (added, kept) = (grown.Tensors[LlamaLayout.Name(1, TensorRole.Output)], grown.Tensors[LlamaLayout.Name(0, TensorRole.Down)]);
        Assert.True(added.abs().max().ToDouble() > 0);
        Assert.True(kept.narrow(1, 32, 48).abs().max().ToDouble() > 0);
    }

    [Fact]
    public void A_smaller_shape_is_rejected()
    {
        var error = Assert.Throws<CourseException>(
            () => Growth.Grow(SmallRun.Shape, trained.Tensors, SmallRun.Shape with { Layers = 1 }, seed: 1));
        Assert.Contains("2 layers and 32 hidden units cannot become one of 1 and 32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_width_or_vocabulary_is_rejected()
    {
        foreach (var other in new[] { Larger with { Width = 32 }, Larger with { VocabularySize = 18 }, Larger with { KeyValueHeads = 2 } })
            Assert.Contains(
                "must be those of the model",
                Assert.Throws<CourseException>(() => Growth.Grow(SmallRun.Shape, trained.Tensors, other, seed: 1)).Message,
                StringComparison.Ordinal);
    }

    private TrainableLlama Grown(LlamaConfiguration wanted) =>
        new(wanted, Growth.Grow(SmallRun.Shape, trained.Tensors, wanted, seed: 1), CPU, halfProducts: false);

    private static Tensor Logits(TrainableLlama model) =>
        model.ForwardExactly(tensor(SmallRun.HeldOut.Take(12).Select(id => (long)id).ToArray(), [1, 12]));

    public void Dispose()
    {
        trained.Dispose();
        scope.Dispose();
    }
}

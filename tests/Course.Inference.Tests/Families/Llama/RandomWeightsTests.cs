using Course.Inference.Families.Llama;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Families.Llama;

public class RandomWeightsTests
{
    private static readonly LlamaConfiguration Shape = SmallModel.Shape(width: 64, hidden: 96);

    [Fact]
    public void They_fit_the_shape_and_follow_from_the_seed()
    {
        using var scope = NewDisposeScope();
        var (weights, again, other) = (RandomWeights.Of(Shape, 1), RandomWeights.Of(Shape, 1), RandomWeights.Of(Shape, 2));

        LlamaLayout.RequireFit(Shape, "random weights", weights.Keys, name => weights[name].shape);
        Assert.All(weights, pair => Assert.Equal(pair.Value.data<float>().ToArray(), again[pair.Key].data<float>().ToArray()));
        Assert.NotEqual(weights[LlamaLayout.Head].data<float>().ToArray(), other[LlamaLayout.Head].data<float>().ToArray());
    }

    // At any depth: with weights that are too large or too small, activations would overflow or vanish.
    [Fact]
    public void A_product_keeps_the_magnitude_of_its_inputs()
    {
        using var scope = NewDisposeScope();
        var head = RandomWeights.Of(Shape, 1)[LlamaLayout.Head];

        Assert.InRange((head.var().item<float>() * Shape.Width), 0.8, 1.2);
    }
}

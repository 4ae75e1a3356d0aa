using Course.Inference.Decoding;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Families.Llama;
using TorchSharp;

namespace Course.Inference.Tests.Speculation;

public sealed class EarlyExitTests
{
    [Fact]
    public void The_first_layers_are_a_model_on_the_same_memory_that_outlives_the_other()
    {
        var c = SmallModel.Shape(layers: 3);
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, seed: 1));
        var (shallow, shared) = EarlyExit.FirstLayers(c, tensors, 2);
        Assert.Equal(tensors[LlamaLayout.Embedding].bytes.Length, shared[LlamaLayout.Embedding].bytes.Length);
        Assert.True(SameMemory(tensors[LlamaLayout.Embedding], shared[LlamaLayout.Embedding]));

        using var draft = new LlamaModel(shallow, shared, torch.CPU);
        var before = draft.Forward(TokenBatch.Of(1, 2, 3)).Last().ToArray();
        using (var target = new LlamaModel(c, tensors, torch.CPU))
            Assert.NotEqual(before, target.Forward(TokenBatch.Of(1, 2, 3)).Last().ToArray());

        Assert.Equal(before, draft.Forward(TokenBatch.Of(1, 2, 3)).Last().ToArray());
    }

    [Fact]
    public void It_drafts_for_its_own_target()
    {
        var c = SmallModel.Shape(layers: 2);
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, seed: 1));
        var (shallow, shared) = EarlyExit.FirstLayers(c, tensors, 1);
        using LlamaModel target = new(c, tensors, torch.CPU), draft = new(shallow, shared, torch.CPU);
        var options = new DecodingOptions { MaxTokens = 20, Sampling = SamplingOptions.Greedy };
        var run = new SpeculativeDecoder(target, new ModelDrafter(draft)).Decode([1, 2], options, new SeededRandomness(1));

        Assert.Equal(new CachedDecoder(target).Decode([1, 2], options, new SeededRandomness(1)).Select(token => token.Token), run.Select(token => token.Token));
        Assert.True(run.Trace.Drafted > 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Layers_that_it_does_not_have_are_refused(int layers)
    {
        var c = SmallModel.Shape(layers: 2);
        Assert.Contains("layers 1 to 1", Assert.Throws<CourseException>(() => EarlyExit.FirstLayers(c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)), layers)).Message, StringComparison.Ordinal);
    }

    private static bool SameMemory(torch.Tensor a, torch.Tensor b)
    {
        using var other = a.alias();
        other.view(-1)[0] = 123;
        return b.view(-1)[0].item<float>() == 123;
    }
}

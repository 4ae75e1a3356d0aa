using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Tests.Families.Llama;
using static TorchSharp.torch;

namespace Course.Inference.Tests;

public class ModelsTests
{
    private static readonly LlamaConfiguration Shape = SmallModel.Shape();

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void A_checkpoint_on_the_CPU_is_decoded_by_fused_kernels_in_float32(ScalarType stored)
    {
        using var folder = new TemporaryFolder();
        using (var scope = NewDisposeScope())
            Checkpoint.Save(folder.Path, Shape, SmallModel.Tensors(Shape, SmallModel.Weights(Shape, seed: 1)), stored);

        using var model = Models.Load(folder.Path);
        using var plain = Models.LoadReadable(folder.Path);

        Assert.IsType<FusedLlamaModel>(model);
        Assert.Equal((plain.Configuration.Width, ScalarType.Float32), (model.Configuration.Width, model.Type));
        LogitsAssert.Near(plain.Forward(TokenBatch.Of(1, 2, 3)), model.Forward(TokenBatch.Of(1, 2, 3)), 1e-4);
    }

    [Fact]
    public void A_disposed_model_leaves_no_tensor_behind()
    {
        using var folder = new TemporaryFolder();
        using (var scope = NewDisposeScope())
            Checkpoint.Save(folder.Path, Shape, SmallModel.Tensors(Shape, SmallModel.Weights(Shape, seed: 1)), ScalarType.BFloat16);

        var before = LiveTensors.OfThisThread;
        Models.Load(folder.Path).Dispose();

        Assert.Equal(before, LiveTensors.OfThisThread);
    }
}

using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Quantization;
using Course.Inference.Tests.Families.Llama;
using TorchSharp;
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

    [Fact]
    public void A_format_is_kept_on_both_backends_and_they_agree()
    {
        using var folder = new TemporaryFolder();
        using (var scope = NewDisposeScope())
            Checkpoint.Save(folder.Path, Shape, SmallModel.Tensors(Shape, SmallModel.Weights(Shape, seed: 1)), ScalarType.Float32);

        using var fused = Models.Load(folder.Path, CPU, WeightFormat.Int8);
        using var plain = Models.Load(folder.Path, CPU, WeightFormat.Int8, Backend.Torch);
        using var whole = Models.Load(folder.Path, CPU, backend: Backend.Torch);

        Assert.IsType<FusedLlamaModel>(fused);
        Assert.IsType<LlamaModel>(plain);
        Assert.Equal(fused.Cost(1, 1, 0).WeightBytes, plain.Cost(1, 1, 0).WeightBytes);
        Assert.True(plain.Cost(1, 1, 0).WeightBytes < whole.Cost(1, 1, 0).WeightBytes);
        LogitsAssert.Near(plain.Forward(TokenBatch.Of(1, 2, 3)), fused.Forward(TokenBatch.Of(1, 2, 3)), 2e-3);
    }

    [Fact]
    public void Fused_kernels_are_refused_off_the_CPU_before_anything_is_read()
    {
        var error = Assert.Throws<CourseException>(() => Models.Load("nowhere", new Device(DeviceType.CUDA, 0), backend: Backend.Fused));

        Assert.Contains("run on the CPU", error.Message, StringComparison.Ordinal);
    }
}

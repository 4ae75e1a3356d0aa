using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference;

/// <summary>
/// The model to decode with on a device: <see cref="FusedLlamaModel"/> on a CPU, <see cref="LlamaModel"/> on libtorch elsewhere.
/// Where the difference is the lesson, name the one or the other.
/// </summary>
public static class FastestModel
{
    /// <param name="path">As <see cref="Checkpoint.Load"/> takes it.</param>
    /// <param name="device">Where the model computes; the CPU unless given.</param>
    /// <inheritdoc cref="Checkpoint.Load" path="/exception"/>
    public static ILlamaModel Load(string path, Device? device = null) =>
        OnCpu(device) ? FusedLlamaModel.Load(path) : Checkpoint.Load(path, device);

    /// <param name="configuration">The shape.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name, all of one type, on <paramref name="device"/>; the model owns them from now on.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="CheckpointException">A tensor is missing, too many, or of another shape; then they are still the caller's.</exception>
    public static ILlamaModel Of(LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors, Device device) =>
        OnCpu(device) ? new FusedLlamaModel(configuration, tensors) : new LlamaModel(configuration, tensors, device);

    private static bool OnCpu(Device? device) => device is null || device.type == DeviceType.CPU;
}

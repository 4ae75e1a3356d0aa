using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Quantization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference;

/// <summary>
/// The front door to every model: a checkpoint, a device and a weight format go in, a model that decodes comes out.
/// On a CPU that is a <see cref="FusedLlamaModel"/>, elsewhere a <see cref="LlamaModel"/> on libtorch, unless a backend is named.
/// </summary>
public static class Models
{
    /// <param name="path">A checkpoint folder, a GGUF file or a llama2.c file.</param>
    /// <param name="device">Where the model computes; the CPU unless given.</param>
    /// <param name="format">
    /// What the matrices are quantised to. Null: they stay as they are, which is Float32 on a CPU and the type of the file elsewhere.
    /// </param>
    /// <param name="backend">Who computes; the faster one unless given.</param>
    /// <exception cref="FileException">Something is missing, damaged, of the wrong shape or type, or not a Llama.</exception>
    /// <exception cref="CourseException">
    /// A matrix cannot be kept in the format, or the fused kernels are asked for on another device than the CPU.
    /// </exception>
    public static ILlamaModel Load(string path, Device? device = null, WeightFormat? format = null, Backend backend = Backend.Auto)
    {
        device ??= CPU;
        var fused = IsFused(device, backend);
        if (!fused && format is null)
            return LoadReadable(path, device);
        using var scope = NewDisposeScope(); // a model takes what it keeps out of it
        var (configuration, tensors) = Checkpoint.Read(path, format is null ? ScalarType.Float32 : null);
        return Of(configuration, tensors, device, format, backend);
    }

    /// <summary>The readable implementation, which is the oracle of the fast one, in Float32 or in a type of the caller's choice.</summary>
    /// <param name="path">A checkpoint folder, a GGUF file or a llama2.c file.</param>
    /// <param name="device">Where the model computes; the CPU unless given.</param>
    /// <param name="type">
    /// What it computes in. Unless given: Float32 on the CPU, where 16-bit weights are widened because narrow arithmetic is slow or
    /// missing there; elsewhere the type that the file has.
    /// </param>
    /// <exception cref="FileException">Something is missing, damaged, of the wrong shape or type, or not a Llama.</exception>
    public static LlamaModel LoadReadable(string path, Device? device = null, ScalarType? type = null)
    {
        using var scope = NewDisposeScope();
        device ??= CPU;
        type ??= device.type == DeviceType.CPU ? ScalarType.Float32 : null;
        var (configuration, tensors) = Checkpoint.Read(path, type);
        return Readable(configuration, tensors, device, type ?? TypeOn(device, tensors));
    }

    /// <param name="configuration">The shape.</param>
    /// <param name="tensors">
    /// Every tensor of <see cref="LlamaLayout"/>, by name. Without a format the model owns them from now on; with one they stay
    /// the caller's.
    /// </param>
    /// <param name="device">Where it computes; tensors that are elsewhere move there.</param>
    /// <param name="format">What the matrices are quantised to; null for as they are.</param>
    /// <param name="backend">Who computes; the faster one unless given.</param>
    /// <exception cref="FileException">
    /// A tensor is missing, too many, or of another shape; then they are still the caller's.
    /// </exception>
    /// <exception cref="CourseException">
    /// A matrix cannot be kept in the format, or the fused kernels are asked for on another device than the CPU.
    /// </exception>
    public static ILlamaModel Of(
        LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors, Device device,
        WeightFormat? format = null, Backend backend = Backend.Auto)
    {
        var fused = IsFused(device, backend);
        if (format is { } few)
            return Quantised(configuration, tensors, device, few, fused);
        return fused ? new FusedLlamaModel(configuration, tensors) : Readable(configuration, tensors, device, TypeOn(device, tensors));
    }

    private static ILlamaModel Quantised(
        LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, Device device, WeightFormat format, bool fused)
    {
        var weights = QuantizedWeights.From(c, tensors, format);
        if (fused)
            return new FusedLlamaModel(c, weights);
        using (weights)
            return new LlamaModel(c, weights.To(device, TypeOn(device, tensors)), device);
    }

    private static LlamaModel Readable(LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, Device device, ScalarType type)
    {
        // Before anything is converted: tensors that do not fit stay the caller's.
        LlamaLayout.RequireFit(c.Validated(), "The model's tensors", tensors.Keys, name => tensors[name].shape);
        return new(c, tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to(type, device, disposeAfter: true)), device);
    }

    /// <summary>Narrow arithmetic is slow or missing on a CPU.</summary>
    private static ScalarType TypeOn(Device device, IReadOnlyDictionary<string, Tensor> tensors) =>
        device.type != DeviceType.CPU && tensors.TryGetValue(LlamaLayout.Embedding, out var embedding)
            ? embedding.dtype
            : ScalarType.Float32;

    private static bool IsFused(Device device, Backend backend)
    {
        var onCpu = device.type == DeviceType.CPU;
        if (backend == Backend.Fused && !onCpu)
            throw new CourseException(
                $"The fused kernels run on the CPU, and the device is {device}. Take the CPU, or the backend {nameof(Backend.Torch)}.");
        return onCpu && backend != Backend.Torch;
    }
}

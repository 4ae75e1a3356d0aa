using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Quantization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference;

/// <summary>
/// Loads models: the one way from a checkpoint, a device and a weight format to a model that decodes. Unless a backend is named, it is a
/// <see cref="FusedLlamaModel"/> on a CPU and a <see cref="LlamaModel"/> on libtorch elsewhere.
/// </summary>
public static class Models
{
    /// <summary>Loads a model from a checkpoint.</summary>
    /// <param name="path">A checkpoint folder, a GGUF file or a llama2.c file.</param>
    /// <param name="device">The device that computes; null for the CPU.</param>
    /// <param name="format">
    /// The format to which the matrices are quantised. Null for none: then they are Float32 on a CPU, and the type of the file elsewhere.
    /// </param>
    /// <param name="backend">The implementation; by default the faster one for the device.</param>
    /// <exception cref="FileException">A part is missing, damaged, of the wrong shape or type, or the model is not a Llama.</exception>
    /// <exception cref="CourseException">
    /// A matrix cannot have the format, or the fused kernels were requested on another device than the CPU.
    /// </exception>
    public static ILlamaModel Load(string path, Device? device = null, WeightFormat? format = null, Backend backend = Backend.Auto)
    {
        device ??= CPU;
        var fused = IsFused(device, backend);
        if (!fused && format is null)
            return LoadReadable(path, device);
        using var scope = NewDisposeScope(); // the model detaches the tensors that it keeps
        var (configuration, tensors) = Checkpoint.Read(path, format is null ? ScalarType.Float32 : null);
        return Of(configuration, tensors, device, format, backend);
    }

    /// <summary>Loads the readable implementation, which is the oracle of the fast one, in a type of the caller's choice.</summary>
    /// <param name="path">A checkpoint folder, a GGUF file or a llama2.c file.</param>
    /// <param name="device">The device that computes; null for the CPU.</param>
    /// <param name="type">
    /// The type of weights and activations. Null for Float32 on the CPU, where 16-bit arithmetic is slow or missing, and for the
    /// type of the file elsewhere.
    /// </param>
    /// <exception cref="FileException">A part is missing, damaged, of the wrong shape or type, or the model is not a Llama.</exception>
    public static LlamaModel LoadReadable(string path, Device? device = null, ScalarType? type = null)
    {
        using var scope = NewDisposeScope();
        device ??= CPU;
        type ??= device.type == DeviceType.CPU ? ScalarType.Float32 : null;
        var (configuration, tensors) = Checkpoint.Read(path, type);
        return Readable(configuration, tensors, device, type ?? TypeOn(device, tensors));
    }

    /// <summary>Makes a model from tensors.</summary>
    /// <param name="configuration">The model's configuration.</param>
    /// <param name="tensors">
    /// Every tensor of <see cref="LlamaLayout"/>, by name. Without a format the model takes ownership of them; with one the caller keeps
    /// them.
    /// </param>
    /// <param name="device">The device that computes; tensors on other devices are moved there.</param>
    /// <param name="format">The format to which the matrices are quantised; null for none.</param>
    /// <param name="backend">The implementation; by default the faster one for the device.</param>
    /// <exception cref="FileException">
    /// A tensor is missing, unknown, or has another shape. The tensors then still belong to the caller.
    /// </exception>
    /// <exception cref="CourseException">
    /// A matrix cannot have the format, or the fused kernels were requested on another device than the CPU.
    /// </exception>
    public static ILlamaModel Of(
        LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors, Device device,
        WeightFormat? format = null, Backend backend = Backend.Auto)
    {
        var fused = IsFused(device, backend);
        if (format is { } few)
            return Quantize(configuration, tensors, device, few, fused);
        return fused ? new FusedLlamaModel(configuration, tensors) : Readable(configuration, tensors, device, TypeOn(device, tensors));
    }

    private static ILlamaModel Quantize(
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
        // Before anything is converted: tensors that do not fit still belong to the caller.
        LlamaLayout.RequireFit(c.Validated(), "The model's tensors", tensors.Keys, name => tensors[name].shape);
        return new(c, tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to(type, device, disposeAfter: true)), device);
    }

    /// <summary>The type of the file, but Float32 on a CPU, where 16-bit arithmetic is slow or missing.</summary>
    private static ScalarType TypeOn(Device device, IReadOnlyDictionary<string, Tensor> tensors) =>
        device.type != DeviceType.CPU && tensors.TryGetValue(LlamaLayout.Embedding, out var embedding)
            ? embedding.dtype
            : ScalarType.Float32;

    private static bool IsFused(Device device, Backend backend)
    {
        var onCpu = device.type == DeviceType.CPU;
        if (backend == Backend.Fused && !onCpu)
            throw new CourseException(
                $"The fused kernels run on the CPU, but the device is {device}. Use the CPU, or the backend {nameof(Backend.Torch)}.");
        return onCpu && backend != Backend.Torch;
    }
}

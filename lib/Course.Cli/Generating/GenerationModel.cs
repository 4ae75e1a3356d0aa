using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Quantization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Cli.Generating;

/// <summary>What matrices are kept in, by the names that the command line has for it.</summary>
internal enum PrecisionKind
{
    Float32,
    Int8,
    Int4,
}

/// <summary>Who computes, by the names that the command line has for it.</summary>
internal enum BackendKind
{
    /// <summary>The fused kernels on a CPU, libtorch elsewhere.</summary>
    Auto,
    Fused,
    Torch,
}

/// <summary>Loads the model that a request names, on the backend that suits the device.</summary>
internal static class GenerationModel
{
    /// <summary>The caller disposes of it.</summary>
    /// <exception cref="CourseException">The checkpoint does not load, or the kernels are asked for on another device than the CPU.</exception>
    public static ILlamaModel Load(GenerationRequest request, string path, Device device)
    {
        var onCpu = device.type == DeviceType.CPU;
        if (request.Backend == BackendKind.Fused && !onCpu)
            throw new CourseException($"The fused kernels run on the CPU, and the device is {device}. Say --device cpu, or --backend torch.");
        if (onCpu && request.Backend != BackendKind.Torch)
            return FusedLlamaModel.Load(path, Format(request.Precision));
        // libtorch was named, or is what there is.
        return Format(request.Precision) is { } format ? Quantised(path, device, format) : Checkpoint.Load(path, device);
    }

    private static LlamaModel Quantised(string path, Device device, WeightFormat format)
    {
        using var scope = NewDisposeScope();
        var (configuration, tensors) = Checkpoint.Read(path);
        using var weights = QuantizedWeights.From(configuration, tensors, format);
        return new(configuration, weights.To(device, device.type == DeviceType.CPU ? ScalarType.Float32 : tensors[LlamaLayout.Embedding].dtype), device);
    }

    private static WeightFormat? Format(PrecisionKind precision) => precision switch
    {
        PrecisionKind.Int8 => WeightFormat.Int8,
        PrecisionKind.Int4 => WeightFormat.Int4(),
        _ => null,
    };
}

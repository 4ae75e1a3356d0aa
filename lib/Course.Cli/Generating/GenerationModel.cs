using Course.Inference;
using Course.Inference.Families.Llama;
using Course.Inference.Quantization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Cli.Generating;

/// <summary>The formats of weight matrices, by their names on the command line.</summary>
internal enum PrecisionKind
{
    Float32,
    Int8,
    Int4,
}

/// <summary>Loads the model that a request names, on the backend that suits the device.</summary>
internal static class GenerationModel
{
    /// <summary>Loads a model, of which the caller must dispose.</summary>
    /// <exception cref="CourseException">
    /// The checkpoint does not load, or the fused kernels were requested on another device than the CPU.
    /// </exception>
    public static ILlamaModel Load(GenerationRequest request, string path, Device device)
    {
        if (request.Backend == Backend.Fused && device.type != DeviceType.CPU)
            throw new CourseException(
                $"The fused kernels run on the CPU, but the device is {device}. Use --device cpu, or --backend torch.");
        return Models.Load(path, device, Format(request.Precision), request.Backend);
    }

    public static WeightFormat? Format(PrecisionKind precision) => precision switch
    {
        PrecisionKind.Int8 => WeightFormat.Int8,
        PrecisionKind.Int4 => WeightFormat.Int4(),
        _ => null,
    };
}

using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Devices;

/// <summary>
/// Chooses the device of the tensors: <c>auto</c> (CUDA if the machine has it, else CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.
/// </summary>
public static class ComputeDevice
{
    /// <summary>The environment variable that chooses for a whole process, notebooks included.</summary>
    public const string Variable = "COURSE_DEVICE";

    /// <summary>The device that <see cref="Variable"/> names; <c>auto</c> if it is not set.</summary>
    /// <inheritdoc cref="Resolve" path="/exception"/>
    public static Device Current() => Resolve(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The device of this name; null or empty means <c>auto</c>.</summary>
    /// <exception cref="CourseException">The name is unknown, or this machine has no such device.</exception>
    public static Device Resolve(string? choice)
    {
        LibTorch.Require();
        return choice?.Trim().ToLowerInvariant() switch
        {
            null or "" or "auto" => cuda.is_available() ? CUDA : CPU,
            "cpu" => CPU,
            "cuda" => Cuda(0, choice),
            { } name when name.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(name[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var index) => Cuda(index, choice),
            _ => throw new CourseException($"Unknown device '{choice}': expected auto, cpu, cuda or cuda:N."),
        };
    }

    private static Device Cuda(int index, string choice)
    {
        if (!cuda.is_available())
            throw new CourseException(
                $"Device '{choice}' was requested, but this build of libtorch sees no CUDA device. " +
                "Use --device cpu, or build with -p:TorchBackend=cuda-linux (cuda-windows) on a machine with an NVIDIA GPU; " +
                "`course doctor` tells more.");
        if (index >= cuda.device_count())
            throw new CourseException(
                $"Device '{choice}' was requested, but this machine has {cuda.device_count()} CUDA devices, numbered from 0.");
        return device(DeviceType.CUDA, index);
    }

    /// <summary>Waits until the device has finished all queued work. A CPU has no queue.</summary>
    public static void Synchronize(Device device)
    {
        if (device.type == DeviceType.CUDA)
            cuda.synchronize(device);
    }
}

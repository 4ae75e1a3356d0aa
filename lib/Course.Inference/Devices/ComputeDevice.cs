using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Devices;

/// <summary>
/// Chooses where tensors live: <c>auto</c> (CUDA where there is one, else CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.
/// </summary>
public static class ComputeDevice
{
    /// <summary>The choice for a whole process, notebooks included.</summary>
    public const string Variable = "COURSE_DEVICE";

    /// <summary>What the environment variable says, or <c>auto</c>.</summary>
    public static Device Current() => Resolve(Environment.GetEnvironmentVariable(Variable));

    /// <exception cref="CourseException">The name is none of these, or this machine has no such device.</exception>
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
                $"Device '{choice}' asked for, but this build of libtorch sees no CUDA device. " +
                "Use --device cpu, or build with -p:TorchBackend=cuda-linux (cuda-windows) on a machine with an " +
                "NVIDIA GPU; `course doctor` tells more.");
        if (index >= cuda.device_count())
            throw new CourseException($"Device '{choice}' asked for, but there are {cuda.device_count()} CUDA devices, numbered from 0.");
        return device(DeviceType.CUDA, index);
    }

    /// <summary>Waits until the device has done what was asked of it; a CPU always has.</summary>
    public static void Synchronize(Device device)
    {
        if (device.type == DeviceType.CUDA)
            cuda.synchronize(device);
    }
}

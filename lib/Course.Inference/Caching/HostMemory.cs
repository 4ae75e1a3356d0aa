using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>Where a tensor's elements begin.</summary>
internal static class HostMemory
{
    /// <summary>The address of the first element of a contiguous tensor; null where it is not in host memory. It holds as long as the tensor lives.</summary>
    public static unsafe nint? Of(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            return null;
        // Of one element only: a span cannot reach over all of a large tensor.
        using Tensor flat = tensor.view(-1), first = flat.narrow(0, 0, 1);
        fixed (byte* address = first.bytes)
            return (nint)address;
    }
}

using System.Runtime.CompilerServices;
using Course.Inference.Devices;

namespace Course.Training.Tests;

internal static class LoadLibTorch
{
    /// <summary>
    /// Some tests use TorchSharp before any type of the library, whose initializer makes libtorch loadable.
    /// </summary>
#pragma warning disable CA2255 // A module initializer is fine in a test project.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Run() => LibTorch.Require();
}

using System.Runtime.CompilerServices;
using Course.Inference.Devices;

namespace Course.Training.Tests;

internal static class LoadLibTorch
{
    /// <summary>
    /// Some tests ask TorchSharp for a tensor before anything of the library, whose own initializer makes libtorch loadable.
    /// </summary>
#pragma warning disable CA2255 // A test project is where it all begins.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Run() => LibTorch.Require();
}

using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Course.Inference.Devices;

namespace Course.Inference.Tests.Devices;

public class NativeProbingTests
{
    /// <summary>
    /// As in .NET Interactive: an assembly is loaded by path, with native libraries in runtimes/… beside it, where that host does not look.
    /// </summary>
    [Theory]
    [InlineData("probed")]
    [InlineData("libprobed")]
    [InlineData("libprobed.so")]
    public void Natives_in_runtimes_beside_an_assembly_loaded_by_path_are_found(string asked)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return;
        using var folder = new TemporaryFolder();
        var natives = Directory.CreateDirectory(Path.Combine(folder.Path, "runtimes", "linux-x64", "native")).FullName;
        var some = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libSkiaSharp.so");
        File.Copy(some, Path.Combine(natives, "libprobed.so"));
        var managed = Path.Combine(folder.Path, "OxyPlot.dll");
        File.Copy(typeof(OxyPlot.PlotModel).Assembly.Location, managed);
        var assembly = new AssemblyLoadContext("a host").LoadFromAssemblyPath(managed);
        Assert.False(NativeLibrary.TryLoad(asked, assembly, null, out _));
        string? before = null;

        NativeProbing.ResolveFor(assembly, found => before = found);

        Assert.True(NativeLibrary.TryLoad(asked, assembly, null, out _));
        Assert.Equal(natives, before);
        Assert.False(NativeLibrary.TryLoad("another", assembly, null, out _));
    }

    /// <summary>An assembly that others may load, and of which this library's code names no type.</summary>
    [Fact]
    public void Natives_of_an_assembly_known_by_name_alone_are_found_once_it_is_loaded()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return;
        using var folder = new TemporaryFolder();
        var natives = Directory.CreateDirectory(Path.Combine(folder.Path, "runtimes", "linux-x64", "native")).FullName;
        File.Copy(
            Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libSkiaSharp.so"),
            Path.Combine(natives, "liblater.so"));
        var managed = Path.Combine(folder.Path, "OxyPlot.SkiaSharp.dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "OxyPlot.SkiaSharp.dll"), managed);

        NativeProbing.ResolveOnceLoaded("OxyPlot.SkiaSharp");
        var assembly = new AssemblyLoadContext("a host").LoadFromAssemblyPath(managed);

        Assert.True(NativeLibrary.TryLoad("later", assembly, null, out _));
    }
}
